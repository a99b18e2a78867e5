import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dingtalkRules } from './dingtalk-rules.ts'
import { feishuRules } from './feishu-rules.ts'
import type { PlatformRules, RobotSettings } from './platform-rules.ts'
import { wecomRules } from './wecom-rules.ts'

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
