import * as z from 'zod'
import { jsonTextOf } from '../../functions/schema/fields.ts'

/** What a message of a queue of failed events stands for. */
export type FailedEvent =
  /** A call that failed, with the event it was made with: of a rule of EventBridge, or of Lambda's own queue. */
  | { readonly type: 'call'; readonly event: unknown; readonly firedAt?: string | undefined }
  /** A stretch of a stream, both instants included; the message does not say what was in it. */
  | { readonly type: 'changes'; readonly streamArn: string; readonly from: string; readonly to: string }
  /** A message that a queue gave up, as Lambda was given it. */
  | { readonly type: 'message'; readonly body: string }

const streamSchema = z.object({
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    approximateArrivalOfFirstRecord: z.iso.datetime({ offset: true }),
    approximateArrivalOfLastRecord: z.iso.datetime({ offset: true })
  })
})
const destinationSchema = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.unknown()
})
const ruleSchema = z.looseObject({ 'detail-type': z.string(), source: z.string(), time: z.iso.datetime() })
const anySchema = jsonTextOf(z.unknown())

/**
 * Reads a message by its form, which is that of whoever gave the event up: the event source mapping of a stream, the
 * destination of Lambda's queue, the rule of EventBridge, or, where it is none of these, a queue's own redrive policy.
 */
export const failedEventOf = (body: string): FailedEvent => {
  const content = anySchema.safeParse(body).data
  const stretch = streamSchema.safeParse(content).data?.DDBStreamBatchInfo
  if (stretch)
    return {
      type: 'changes',
      streamArn: stretch.streamArn,
      from: stretch.approximateArrivalOfFirstRecord,
      to: stretch.approximateArrivalOfLastRecord
    }
  const destination = destinationSchema.safeParse(content)
  if (destination.success && destination.data.requestPayload !== undefined)
    return callOf(destination.data.requestPayload)
  return ruleSchema.safeParse(content).success ? callOf(content) : { type: 'message', body }
}

const callOf = (event: unknown): FailedEvent => ({
  type: 'call',
  event,
  firedAt: ruleSchema.safeParse(event).data?.time
})
