import type { Channel, Clock } from '../../core/ports.ts'
import type { ChannelConfig } from '../../schema/channels.ts'
import { dingtalk } from './dingtalk.ts'
import { feishu } from './feishu.ts'
import { robotChannel } from './robot.ts'
import { smtpChannel } from './smtp.ts'
import { snsChannel } from './sns.ts'
import { webhookChannel } from './webhook.ts'
import { wecom } from './wecom.ts'

/** The clocks that channels read. */
export interface ChannelClocks {
  /** The tracker's clock, which may stand on a date: what a message says of its own time. */
  readonly clock: Clock
  /** The machine's clock: what signatures are made with. */
  readonly realTime: Clock
}

/** The channel that a configuration describes. */
export const channelOf = (config: ChannelConfig, { clock, realTime }: ChannelClocks): Channel => {
  switch (config.type) {
    case 'wecom':
      return robotChannel({ name: config.name, url: config.key, platform: wecom(config.key), realTime })
    case 'dingtalk': {
      const { name, key: url, secret, keyword } = config
      return robotChannel({ name, url, keyword, platform: dingtalk(url, secret), realTime })
    }
    case 'feishu': {
      const { name, key: url, secret, keyword } = config
      return robotChannel({ name, url, keyword, platform: feishu(url, secret), realTime })
    }
    case 'webhook':
      return webhookChannel({ ...config, clock, realTime })
    case 'sns':
      return snsChannel(config)
    case 'smtp':
      return smtpChannel(config)
  }
}
