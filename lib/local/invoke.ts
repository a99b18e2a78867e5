import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import type { FunctionDefinition, FunctionName } from '../functions.ts'

/** The export of a Lambda module. */
export type Handler = (event: unknown, context: Context) => unknown

/** A function ran longer than it may. Its work goes on unheard, where Lambda would have frozen it. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/** Calls a function with an event, as Lambda would. */
export type Invoke = (event: unknown) => Promise<unknown>

/** The calls of a function: each with a context of its own, and ended as failed when its time is over. */
export const invokerOf = (name: FunctionName, definition: FunctionDefinition, handler: Handler): Invoke => {
  const { timeoutSeconds, alone } = definition
  let previous: Promise<unknown> = Promise.resolve()
  const invoke: Invoke = async event => {
    const deadline = Date.now() + timeoutSeconds * 1000
    const timeout = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => timeout.reject(new TimeoutError(`${name} took longer than ${timeoutSeconds} s`)),
      timeoutSeconds * 1000
    )
    try {
      return await Promise.race([handler(event, contextOf(name, definition, deadline)), timeout.promise])
    } finally {
      clearTimeout(timer)
    }
  }
  if (!alone) return invoke
  return event => {
    const mine = previous.catch(() => {}).then(() => invoke(event))
    previous = mine
    return mine
  }
}

const contextOf = (name: FunctionName, { memoryMb }: FunctionDefinition, deadline: number): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${name}`,
  memoryLimitInMB: String(memoryMb),
  awsRequestId: randomUUID(),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  done: () => {},
  fail: () => {},
  succeed: () => {}
})
