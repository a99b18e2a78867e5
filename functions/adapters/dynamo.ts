import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { tableCalls } from './table-calls.ts'

/** A request to a table or bucket that failed for a reason the tracker has no answer to; `cause` is the SDK's error. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

/** Where the tables are. */
export interface DynamoOptions {
  /** Address of an embedded engine; absent in the cloud. */
  readonly endpoint?: string | undefined
}

/** The one client of a process; it keeps its connections open between invocations. */
export const documentClient = ({ endpoint }: DynamoOptions = {}): DynamoDBDocumentClient => {
  const client = new DynamoDBClient({
    ...settled,
    ...(endpoint === undefined ? {} : localOptions(endpoint)),
    requestHandler: tableCalls({ untilConnected: 1000, untilAnswered: 5000 })
  })
  for (const step of unused) client.middlewareStack.remove(step)
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

/** What the SDK would look for in the environment and in files, in every process anew. */
const settled = {
  maxAttempts: 4,
  retryMode: 'standard',
  defaultsMode: 'standard',
  accountIdEndpointMode: 'disabled',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  authSchemePreference: ['sigv4'],
  disableClockSkewCorrection: false,
  ignoreConfiguredEndpointUrls: true,
  endpointDiscoveryEnabledProvider: async () => false
} satisfies DynamoDBClientConfig

/** Steps of each request that cost time and that nobody reads: a log of the SDK's, the name of its version, a trace of X-Ray. */
const unused = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware']

// The embedded engine checks no signature, but the SDK refuses to send without a region and credentials.
const localOptions = (endpoint: string) => ({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' }
})

/**
 * Runs a request and names it in what it throws.
 * @throws StorageError with the SDK's error as its cause; errors that `passes` admits go through as they are.
 */
export const request = async <Answer>(
  what: string,
  send: () => Promise<Answer>,
  passes: (error: unknown) => boolean = () => false
): Promise<Answer> => {
  try {
    return await send()
  } catch (error) {
    if (passes(error)) throw error
    throw new StorageError(`${what} failed`, { cause: error })
  }
}
