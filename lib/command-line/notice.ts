import type { Command } from 'commander'
import { channelsOf } from '../../functions/adapters/delivering.ts'
import { readEnvironment } from '../../functions/adapters/env.ts'
import type { SendOutcome } from '../../functions/core/delivery.ts'
import type { Channel, Message } from '../../functions/core/ports.ts'
import { withExamples } from './help.ts'
import { CommandError, print } from './output.ts'

interface TestOptions {
  readonly address?: string
  readonly json?: boolean
}

/** The command that tries a channel: notice test. */
export const addNotice = (program: Command): void => {
  withExamples(
    program
      .command('notice')
      .description('通知渠道 / channels by which people are told')
      .command('test')
      .argument(
        '<channel>',
        'CHANNELS(本机)或 CHANNELS_SECRET(云上)中的渠道名 / name of a channel of CHANNELS (on one machine) or CHANNELS_SECRET (in the cloud)'
      )
      .description('发一条测试消息并解释应答 / send one message over a channel and explain the answer'),
    ['tracker notice test group --address 13800001111']
  )
    .option(
      '--address <address>',
      '邮箱,或机器人要 @ 的手机号、用户 / e-mail address, or the number or user id that a robot mentions'
    )
    .option('--json', '供程序读取 / machine form')
    .action(async (name: string, { address, json }: TestOptions) => {
      const channel = await channelNamed(name)
      const outcome = await channel.send(`${name}/test-${new Date().toISOString()}`, testMessage(), address)
      print({ channel: name, ...outcome }, json, () => explanationOf(outcome))
      if (outcome.type !== 'sent') throw new CommandError(`${name} 没有送达`, `${name}: ${outcome.type}`)
    })
}

const channelNamed = async (name: string): Promise<Channel> => {
  const channels = await configuredChannels()
  const channel = channels.find(one => one.name === name)
  if (channel) return channel
  const known = channels.map(one => one.name).join(', ')
  throw known === ''
    ? new CommandError(
        '没有配置渠道,请设置 CHANNELS 或 CHANNELS_SECRET,见 docs/deploy.md',
        'no channel is configured: set CHANNELS or CHANNELS_SECRET, see docs/deploy.md',
        2
      )
    : new CommandError(`没有渠道 ${name},只有 ${known}`, `there is no channel ${name}, only ${known}`, 2)
}

const configuredChannels = (): Promise<readonly Channel[]> =>
  channelsOf(readEnvironment(['NOTICE_FILE', 'CHANNELS', 'CHANNELS_SECRET', 'FIXED_DATE']))()

const testMessage = (): Message => ({
  recipient: '测试 / test',
  subject: '测试消息 / test message',
  text: '学校建设项目跟踪系统的测试消息,收到即说明渠道可用。\nA test message of the capital-project tracker: this channel works.'
})

const explanationOf = (outcome: SendOutcome): string => {
  const { httpStatus, code } = outcome
  const said = [httpStatus === undefined ? '' : `HTTP ${httpStatus}`, code === undefined ? '' : `code ${code}`]
  const answer = said.filter(part => part !== '').join(', ')
  return [answer, ...wordsOf(outcome)].filter(line => line !== '').join('\n')
}

const wordsOf = (outcome: SendOutcome): readonly string[] => {
  switch (outcome.type) {
    case 'sent':
      return ['已送达:接收方确认收下。', 'sent: the receiver has taken it.']
    case 'retry':
      return [
        `暂未送达:${outcome.reason.zh}。系统会在 ${outcome.afterSeconds} 秒后重试。`,
        `retry: ${outcome.reason.en}. The tracker would try again after ${outcome.afterSeconds} s.`
      ]
    case 'refused':
      return [
        `未送达:${outcome.reason.zh}。重试无用,须先改正。`,
        `refused: ${outcome.reason.en}. Trying again is no use before that is mended.`
      ]
    case 'unknown':
      return [
        `结果不明:${outcome.reason.zh}。`,
        `unknown: ${outcome.reason.en}.${outcome.retryAfterSeconds === undefined ? ' The tracker would not send it again.' : ''}`
      ]
  }
}
