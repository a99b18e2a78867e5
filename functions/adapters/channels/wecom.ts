import { bytesOf } from '../../core/cut-text.ts'
import type { CodeMeaning, Platform } from './robot.ts'

/**
 * Group robots of WeCom (企业微信群机器人): the key in the address is the one secret, nothing is signed. Limits and codes as
 * its developer documentation gives them (群机器人配置说明, 全局错误码).
 * @param url address with the key.
 */
export const wecom = (url: URL): Platform => ({
  limits: [{ count: 20, seconds: 60 }],
  longestText: 2048,
  sizeOf: bytesOf,
  codeField: 'errcode',
  meaningOf: code => meanings[code],
  requestOf: (content, _part, address) => ({
    url,
    body: {
      msgtype: 'text',
      text: {
        content,
        ...(address !== undefined && {
          [/^\d{6,}$/.test(address) ? 'mentioned_mobile_list' : 'mentioned_list']: [address]
        })
      }
    }
  })
})

const meanings: Readonly<Record<number, CodeMeaning>> = {
  [-1]: { type: 'retry', afterSeconds: 30, reason: { zh: '企业微信系统繁忙', en: 'WeCom is busy' } },
  45009: {
    type: 'retry',
    afterSeconds: 60,
    closesChannel: true,
    reason: { zh: '发送过于频繁(每分钟 20 条)', en: 'too frequent (20 a minute)' }
  },
  45033: {
    type: 'retry',
    afterSeconds: 10,
    closesChannel: true,
    reason: { zh: '并发调用过多', en: 'too many calls at the same time' }
  },
  93000: {
    type: 'refused',
    reason: {
      zh: '机器人的 key 不对,或机器人已被移出群',
      en: 'the key of the robot is wrong, or it was removed from its group'
    }
  },
  93004: { type: 'refused', reason: { zh: '机器人已停用', en: 'the robot is disabled' } },
  93008: { type: 'refused', reason: { zh: '机器人不在群里', en: 'the robot is not in the group' } },
  40058: {
    type: 'refused',
    reason: { zh: '消息过长或参数不对', en: 'the message is too long, or a parameter is wrong' }
  },
  40008: { type: 'refused', reason: { zh: '消息类型不对', en: 'the type of message is wrong' } },
  44004: { type: 'refused', reason: { zh: '消息内容为空', en: 'the message is empty' } },
  45002: { type: 'refused', reason: { zh: '消息内容过长', en: 'the message is too long' } }
}
