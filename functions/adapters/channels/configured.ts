import type { Channel, Clock } from '../../core/ports.ts'
import type { Environment } from '../env.ts'
import { logFileChannel } from './log-file.ts'
import { webhookChannel } from './webhook.ts'

/** The channels that the environment configures; none configured means that notices go nowhere. */
export const channelsOf = (
  env: Environment<'NOTICE_FILE' | 'WEBHOOK_URL' | 'WEBHOOK_SECRET'>,
  clock: Clock
): readonly Channel[] => [
  ...(env.NOTICE_FILE === undefined ? [] : [logFileChannel(env.NOTICE_FILE, clock)]),
  ...(env.WEBHOOK_URL === undefined || env.WEBHOOK_SECRET === undefined
    ? []
    : [webhookChannel({ url: env.WEBHOOK_URL, secret: env.WEBHOOK_SECRET, clock })])
]
