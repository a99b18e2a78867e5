import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dingtalkRules } from './dingtalk-rules.ts'
import { feishuRules } from './feishu-rules.ts'
import { wecomRules } from './wecom-rules.ts'

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

/** The platforms by their names in a configuration. */
export const platformRules: Readonly<Record<'wecom' | 'dingtalk' | 'feishu', PlatformRules>> = {
  wecom: wecomRules,
  dingtalk: dingtalkRules,
  feishu: feishuRules
}

/** A platform by its name. */
export type PlatformName = keyof typeof platformRules

/** A platform on this machine. */
export interface RobotStandIn {
  /** Address of the robot, its key in it. */
  readonly url: string
  /** Texts that were accepted, in their order. */
  readonly accepted: readonly string[]
  /** Codes of all answers, in their order. */
  readonly codes: readonly number[]
  /** Answers the next call with this instead, whatever it is; `undefined` breaks the connection. */
  readonly answerNext: (answer: { readonly status?: number; readonly body: unknown } | 'hang-up') => void
  readonly stop: () => Promise<void>
}

/** Starts a stand-in for the robots of a platform. */
export const startRobot = async (name: PlatformName, settings: RobotSettings): Promise<RobotStandIn> => {
  const rules = platformRules[name]
  const accepted: string[] = []
  const acceptedAt: number[] = []
  const codes: number[] = []
  const scripted: Parameters<RobotStandIn['answerNext']>[0][] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    const next = scripted.shift()
    if (next === 'hang-up') return response.destroy()
    if (next) {
      response.writeHead(next.status ?? 200, { 'content-type': 'application/json' })
      return response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body))
    }
    const fault = await rules.faultOf({ url: new URL(request.url ?? '/', 'http://x'), body }, settings, acceptedAt)
    codes.push(fault?.code ?? 0)
    if (!fault) {
      accepted.push(rules.textOf(body))
      acceptedAt.push(settings.now())
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(rules.answerOf(fault)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${rules.path(settings.key)}`,
    accepted,
    codes,
    answerNext: answer => void scripted.push(answer),
    stop: async () => {
      server.closeAllConnections()
      server.close()
    }
  }
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
