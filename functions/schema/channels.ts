import * as z from 'zod'
import { reachOf } from '../core/internet-address.ts'
import { jsonTextOf, unique } from './fields.ts'

/** Where a configuration of channels comes from. `machine`: this one, whose own servers may then stand in for a receiver. */
export type ChannelSource = 'machine' | 'secret'

/**
 * The channels by which people are told, as one JSON text: a list of `{"type", "name", …}`. Every address is checked
 * here, so that no configuration makes the tracker call a host that is not the platform's.
 */
export const channelsSchemaOf = (source: ChannelSource) =>
  jsonTextOf(
    z
      .array(
        z.discriminatedUnion(
          'type',
          [
            z.strictObject({ type: z.literal('wecom'), ...robotFields('wecom', source) }),
            z.strictObject({ type: z.literal('dingtalk'), ...robotFields('dingtalk', source), ...guardFields }),
            z.strictObject({ type: z.literal('feishu'), ...robotFields('feishu', source), ...guardFields }),
            z
              .strictObject({
                type: z.literal('webhook'),
                name: nameSchema,
                url: webhookAddress(source),
                /** `internal`: a host in the bureau's own network, and nowhere else. */
                network: z
                  .enum(['public', 'internal'], '填 public 或 internal / write public or internal')
                  .default('public'),
                secret: z.string(secretSentence).regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, secretSentence)
              })
              .check(z.refine(isInNetwork(source), { error: webhookSentence, path: ['url'] })),
            z.strictObject({
              type: z.literal('sns'),
              name: nameSchema,
              topicArn: z.string(topicSentence).regex(/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, topicSentence)
            }),
            z.strictObject({ type: z.literal('smtp'), name: nameSchema, ...smtpFields(source) })
          ],
          'type: 填 wecom、dingtalk、feishu、webhook、sns 或 smtp / write wecom, dingtalk, feishu, webhook, sns or smtp'
        ),
        '填一个渠道列表 / write a list of channels'
      )
      .check(unique(({ name }) => name, 'name', 'channel-twice'))
  )

/** A channel as it is configured. */
export type ChannelConfig = z.output<ReturnType<typeof channelsSchemaOf>>[number]

/** Names that no configured channel may have: the outbox of one machine. */
const reservedNames: readonly string[] = ['log-file']

const nameSentence =
  '填小写字母开头的名称,可含数字与连字符,至多 32 个字符 / write a name of small letters, digits and hyphens, at most 32'
const nameSchema = z
  .string(nameSentence)
  .regex(/^[a-z][a-z0-9-]{0,31}$/, nameSentence)
  .refine(name => !reservedNames.includes(name), '这个名称已有专用 / this name is taken')

const secretSentence = '填 whsec_ 开头的 base64 密钥 / write whsec_ and the secret in base64'
const topicSentence = '填 SNS 主题的 ARN / write the ARN of a topic of SNS'

/** Security settings that DingTalk and Feishu offer beside the key. */
const guardFields = {
  /** Signs every message. */
  secret: z.string().min(1).max(200).optional(),
  /** A word that every message must hold. */
  keyword: z.string().trim().min(1).max(60).optional()
}

interface RobotAddress {
  readonly hosts: readonly string[]
  readonly addressOf: (key: string) => string
  readonly keyOf: (url: URL) => string | null | undefined
}

const robotAddresses: Readonly<Record<'wecom' | 'dingtalk' | 'feishu', RobotAddress>> = {
  wecom: {
    hosts: ['qyapi.weixin.qq.com'],
    addressOf: key => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`,
    keyOf: url => (url.pathname === '/cgi-bin/webhook/send' ? url.searchParams.get('key') : undefined)
  },
  dingtalk: {
    hosts: ['oapi.dingtalk.com'],
    addressOf: key => `https://oapi.dingtalk.com/robot/send?access_token=${key}`,
    keyOf: url => (url.pathname === '/robot/send' ? url.searchParams.get('access_token') : undefined)
  },
  feishu: {
    hosts: ['open.feishu.cn', 'open.larksuite.com'],
    addressOf: key => `https://open.feishu.cn/open-apis/bot/v2/hook/${key}`,
    keyOf: url => /^\/open-apis\/bot\/v2\/hook\/([^/]+)$/.exec(url.pathname)?.[1]
  }
}

const bareKey = /^[\w-]{1,128}$/

/** The robot's address as the platform shows it, or the bare key in it; decoded to the address. */
const robotFields = (platform: keyof typeof robotAddresses, source: ChannelSource) => {
  const { hosts, addressOf, keyOf } = robotAddresses[platform]
  const sentence = `填机器人的 webhook 地址(主机 ${hosts.join(' 或 ')})或其中的 key / write the robot's webhook address on ${hosts.join(' or ')}, or the key in it`
  return {
    name: nameSchema,
    key: z.string(sentence).transform((text, context): URL => {
      const url = URL.parse(bareKey.test(text) ? addressOf(text) : text)
      const isPlatform = url !== null && url.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname)
      const isStandIn = url !== null && source === 'machine' && isLoopback(url)
      if (url && (isPlatform || isStandIn) && isPlain(url) && bareKey.test(keyOf(url) ?? '')) return url
      return refuse(context, sentence)
    })
  }
}

const webhookSentence =
  '填 https 地址,不含用户名;通向内部网络的须写明 network: internal / write an https address without credentials; one in a private network needs network: internal'

const webhookAddress = (source: ChannelSource) =>
  z.string(webhookSentence).transform((text, context): URL => {
    const url = URL.parse(text)
    const isStandIn = url !== null && source === 'machine' && isLoopback(url)
    return url && isPlain(url) && (url.protocol === 'https:' || isStandIn) ? url : refuse(context, webhookSentence)
  })

/** Whether an address may lead to the network that is named, as far as its text says; the rest is seen when it is called. */
const isInNetwork =
  (source: ChannelSource) =>
  ({ url, network }: { readonly url: URL; readonly network: 'public' | 'internal' }): boolean => {
    const { hostname } = url
    if (source === 'machine' && isLoopback(url)) return true
    if (/^[\d.]+$|^\[/.test(hostname)) return reachOf(hostname) === network
    const isLocalName = !hostname.includes('.') || /\.(local|internal|localhost)\.?$/.test(hostname)
    return network === 'internal' || !isLocalName
  }

const hostSentence = '填邮件服务器的域名 / write the domain name of the mail server'
const portSentence = '填 465(TLS)或 587(STARTTLS)等端口 / write a port, such as 465 (TLS) or 587 (STARTTLS)'

const smtpFields = (source: ChannelSource) => ({
  host: z
    .string(hostSentence)
    .regex(
      source === 'machine'
        ? /^([a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}|localhost|127\.0\.0\.1)$/
        : /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/,
      hostSentence
    ),
  port: z.int(portSentence).min(1, portSentence).max(65_535, portSentence).default(465),
  user: z.string().min(1).max(200).optional(),
  password: z.string().min(1).max(200).optional(),
  from: z.email('填发件人邮箱 / write the sender’s e-mail address')
})

const isPlain = ({ username, password }: URL): boolean => username === '' && password === ''

/** This very machine, where `http:` is as good as `https:`. */
const isLoopback = ({ protocol, hostname }: URL): boolean =>
  (protocol === 'http:' || protocol === 'https:') && (hostname === 'localhost' || reachOf(hostname) === 'loopback')

const refuse = (context: z.core.$RefinementCtx, message: string): never => {
  context.issues.push({ code: 'custom', input: undefined, message })
  return z.NEVER
}
