/** How a robot of the stand-in is set up, as in the platform's own settings. */
export interface RobotSettings {
  readonly key: string
  readonly secret?: string | undefined
  readonly keyword?: string | undefined
  /** Milliseconds since 1970 on the platform's clock. */
  readonly now: () => number
}

/** One call as the platform sees it. */
export interface RobotCall {
  readonly url: URL
  readonly body: string
}

/** What the documentation of a platform says, as far as a message can break it. */
export interface PlatformRules {
  readonly path: (key: string) => string
  /** Checks a call by the documentation; `undefined` when it is in order. Rates are counted over the calls before. */
  readonly faultOf: (
    call: RobotCall,
    settings: RobotSettings,
    acceptedAt: readonly number[]
  ) => Promise<Fault | undefined>
  readonly answerOf: (fault: Fault | undefined) => unknown
  readonly textOf: (body: string) => string
}

/** A refusal; the platforms answer it with HTTP 200. */
export interface Fault {
  readonly code: number
  readonly message: string
}

/** How many of some instants lie within the last seconds. */
export const countWithin = (seconds: number, instants: readonly number[], now: number): number =>
  instants.filter(at => at > now - seconds * 1000).length

/** HMAC-SHA256 in base64 by the browsers' interface: another way than the product's own. */
export const hmac = async (key: string, message: string): Promise<string> => {
  const encode = (text: string) => new TextEncoder().encode(text)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', encode(key), algorithm, false, ['sign'])
  return Buffer.from(await crypto.subtle.sign('HMAC', imported, encode(message))).toString('base64')
}

/** The JSON of a body; `undefined` when it is none. */
export const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
