import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { channelsOf } from '../../functions/adapters/delivering.ts'

const secrets = mockClient(SecretsManagerClient)
beforeEach(() => {
  secrets.reset()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

const env = { NOTICE_FILE: undefined, CHANNELS: undefined, CHANNELS_SECRET: 'tracker/channels', FIXED_DATE: undefined }
const robot = (name: string) => JSON.stringify([{ type: 'wecom', name, key: 'very-private' }])
const namesOf = async (channels: ReturnType<typeof channelsOf>) => (await channels()).map(({ name }) => name)

describe('channels in a secret', () => {
  test('are read when they are needed, and again after five minutes: a new key needs no deployment', async () => {
    secrets
      .on(GetSecretValueCommand)
      .resolvesOnce({ SecretString: robot('one') })
      .resolves({ SecretString: robot('two') })
    const channels = channelsOf(env)
    expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(0)
    expect([await namesOf(channels), await namesOf(channels)]).toEqual([['one'], ['one']])
    expect(secrets.commandCalls(GetSecretValueCommand).map(({ args }) => args[0].input)).toEqual([
      { SecretId: 'tracker/channels' }
    ])
    vi.advanceTimersByTime(301_000)
    expect(await namesOf(channels)).toEqual(['two'])
  })

  test('that cannot be read, or are wrong, are a fault that names the place and shows no value', async () => {
    secrets
      .on(GetSecretValueCommand)
      .rejectsOnce(new Error('denied'))
      .resolves({
        SecretString: JSON.stringify([{ type: 'wecom', name: 'one', key: 'https://evil.example/very-private' }])
      })
    const channels = channelsOf(env)
    await expect(channels()).rejects.toMatchObject({ name: 'StorageError' })
    await expect(channels()).rejects.toThrow(/^the secret of the channels is wrong at 0\.key: /)
    await expect(channels()).rejects.not.toThrow(/very-private/)
  })

  test('call nothing on a machine of our own: a stand-in is for a list of this machine', async () => {
    const key = 'http://127.0.0.1:9/cgi-bin/webhook/send?key=demo'
    secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify([{ type: 'wecom', name: 'one', key }]) })
    await expect(channelsOf(env)()).rejects.toMatchObject({ name: 'ChannelError' })
  })
})
