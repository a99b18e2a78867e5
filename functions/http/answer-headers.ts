import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** Headers of every answer of the function that does not say otherwise itself: what it holds is data, and for this site. */
const answerHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff'
}

/** For a year, a browser that was here over TLS comes back over TLS alone (RFC 6797); over HTTP it must not be said. */
const transportSecurity = { 'strict-transport-security': 'max-age=31536000' }

/** An answer with the headers that guard whoever reads it. */
export const guarded = (
  answer: APIGatewayProxyStructuredResultV2,
  { headers }: APIGatewayProxyEventV2
): APIGatewayProxyStructuredResultV2 => ({
  ...answer,
  headers: {
    ...answerHeaders,
    ...(headers['x-forwarded-proto'] === 'https' ? transportSecurity : {}),
    ...answer.headers
  }
})
