import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { StorageError } from './dynamo.ts'

/** How long a secret that was read is good for: a new value takes that long to reach every process. */
const keptMilliseconds = 300_000

/**
 * Reads a secret of Secrets Manager when it is asked for, and again only after five minutes.
 * @throws StorageError when it cannot be read; nothing of its value is in it.
 */
export const secretText = (
  name: string,
  client: SecretsManagerClient = new SecretsManagerClient()
): (() => Promise<string>) => {
  let known: { readonly text: string; readonly until: number } | undefined
  return async () => {
    if (known && known.until > Date.now()) return known.text
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: name }))
      known = { text: SecretString, until: Date.now() + keptMilliseconds }
      return SecretString
    } catch (error) {
      throw new StorageError(`the secret ${name} could not be read`, { cause: error })
    }
  }
}
