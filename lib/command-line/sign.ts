import { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Authorise } from '@capital-project-tracker/client'
import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { CommandError } from './output.ts'

/** `ID.execute-api.REGION.amazonaws.com`, in China with `.cn` behind it. */
const apiHost = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/

/**
 * A request with its signature (Signature Version 4), by the credentials that the command line of AWS would use:
 * variables, profile, single sign-on, role of the machine. The region is that of the address, else `AWS_REGION`.
 * @throws CommandError when there is no region or there are no credentials.
 */
export const signed: Authorise = async request => {
  const url = new URL(request.url)
  const region = apiHost.exec(url.hostname)?.[1] ?? process.env.AWS_REGION
  if (!region)
    throw new CommandError(
      `地址 ${url.host} 中没有区域,请设置 AWS_REGION`,
      `${url.host} does not tell the region; set AWS_REGION`,
      2
    )
  const signer = new SignatureV4({
    service: 'execute-api',
    region,
    credentials: await credentials(),
    sha256: Hash.bind(null, 'sha256')
  })
  const { headers } = await signer.sign({
    method: request.method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...Object.fromEntries(request.headers) },
    body: await request.clone().arrayBuffer()
  })
  // fetch sets the host by itself, to the same value.
  const { host: _host, ...sent } = headers
  return new Request(request, { headers: sent })
}

const credentials = async () => {
  try {
    return await defaultProvider()()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandError('本机没有 AWS 凭证', `no AWS credentials on this machine (${why})`, 2, { cause: error })
  }
}
