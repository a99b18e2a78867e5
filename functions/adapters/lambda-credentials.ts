import { fromEnv } from '@aws-sdk/credential-provider-env'

/**
 * Stands in for the SDK's chain of providers in every bundle (`lib/bundling.ts`): Lambda hands a function its credentials in
 * the environment, and the clients for profiles, single sign-on and instance roles would be a fifth of what a cold start loads.
 */
export const defaultProvider = fromEnv
