/**
 * Stands in for parts of the SDK in the client of DynamoDB of every bundle (`lib/bundle-parts.ts`): its handler of HTTP,
 * which loads TLS in any case, since the client is given another (`table-calls.ts`); and the discovery of endpoints, which no
 * request to a table needs.
 */

/** Never called: `table-calls.ts` gives every answer whole. */
export const streamCollector = (): Promise<never> => Promise.reject(new TypeError('an answer came as a stream'))

/** The handler that the client was given. */
export const NodeHttpHandler = { create: <Handler>(given: Handler): Handler => given }

/** The configuration as it is. */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config

/** Never read: `dynamo.ts` says what would be looked for. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {}
