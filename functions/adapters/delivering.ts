import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Delivery } from '../core/delivery.ts'
import type { Channel } from '../core/ports.ts'
import { channelsSchemaOf } from '../schema/channels.ts'
import { ChannelError } from './channels/channel-error.ts'
import { type ChannelClocks, channelOf } from './channels/configured.ts'
import { logFileChannel } from './channels/log-file.ts'
import { clockOf, systemClock } from './clock.ts'
import { dynamoDeliveryLog } from './delivery-log.ts'
import { sha256 } from './digest.ts'
import type { Environment } from './env.ts'
import { dynamoPacer } from './pacer.ts'
import { ledgerQueue, sqsRetryQueue } from './retry-queue.ts'
import { secretText } from './secret-text.ts'
import type { Telemetry } from './telemetry.ts'

/** What of the environment delivering reads. */
export const deliveringVariables = [
  'DELIVERY_TABLE',
  'RETRY_QUEUE',
  'NOTICE_FILE',
  'CHANNELS',
  'CHANNELS_SECRET',
  'FIXED_DATE'
] as const

type DeliveringEnvironment = Environment<(typeof deliveringVariables)[number]>

/** Everything that sending a message needs, from the environment of a function. */
export const deliveringOf = (env: DeliveringEnvironment, client: DynamoDBDocumentClient, telemetry: Telemetry) => ({
  deliveries: dynamoDeliveryLog(client, env.DELIVERY_TABLE),
  channels: channelsOf(env),
  pacer: dynamoPacer(client, env.DELIVERY_TABLE),
  retries: env.RETRY_QUEUE === undefined ? ledgerQueue : sqsRetryQueue(env.RETRY_QUEUE),
  realTime: systemClock,
  hash: sha256,
  onLost: ({ key, status, attempts, history }: Delivery) => {
    const { httpStatus, code, reason } = history.at(-1) ?? {}
    telemetry.warn('a delivery is lost', { key, status, attempts, httpStatus, code, reason })
    telemetry.count('deliveriesLost')
  }
})

/** The channels that the environment names: the outbox of one machine, and a list of its own or one that is a secret. */
export const channelsOf = (
  env: Pick<DeliveringEnvironment, 'NOTICE_FILE' | 'CHANNELS' | 'CHANNELS_SECRET' | 'FIXED_DATE'>
): (() => Promise<readonly Channel[]>) => {
  const clocks: ChannelClocks = { clock: clockOf(env.FIXED_DATE), realTime: systemClock }
  const outbox = env.NOTICE_FILE === undefined ? [] : [logFileChannel(env.NOTICE_FILE, clocks.clock)]
  const own = [...outbox, ...(env.CHANNELS ?? []).map(config => channelOf(config, clocks))]
  if (env.CHANNELS_SECRET === undefined) return async () => own
  const read = secretText(env.CHANNELS_SECRET)
  return async () => [...own, ...secretChannels(await read(), clocks)]
}

const secretSchema = channelsSchemaOf('secret')

/** @throws ChannelError naming the first field that is wrong, without its value. */
const secretChannels = (text: string, clocks: ChannelClocks): readonly Channel[] => {
  const decoded = secretSchema.safeParse(text)
  if (decoded.success) return decoded.data.map(config => channelOf(config, clocks))
  const issue = decoded.error.issues[0]
  throw new ChannelError(
    `the secret of the channels is wrong at ${issue?.path.join('.') || 'its form'}: ${issue?.message}`
  )
}
