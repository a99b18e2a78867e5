import type { IncomingMessage, ServerResponse } from 'node:http'
import { keptPhoto, receiveUpload } from '../../functions/adapters/photo-store.ts'
import { photoTypeOf } from '../../functions/core/photo.ts'
import { pageHeaders } from '../../functions/pages/page-headers.ts'

/** What is asked of the photographs: an upload, or a look at one that is kept. */
export interface PhotoPlace {
  readonly kind: 'uploads' | 'photos'
  readonly project: string
  readonly name: string
  readonly signature: string
}

/** The place among the photographs that an address names; `undefined` when it names another one. */
export const photoPlaceIn = (address: string): PhotoPlace | undefined => {
  // An address may be anything that a socket carries: `//` is no URL.
  const url = URL.parse(address, 'http://site')
  if (url === null) return undefined
  const { pathname, searchParams } = url
  const [, kind, project, name] = /^\/(uploads|photos)\/([\w-]+)\/([0-9a-f]{64}(?:-thumbnail)?)$/.exec(pathname) ?? []
  if ((kind !== 'uploads' && kind !== 'photos') || project === undefined || name === undefined) return undefined
  return { kind, project, name, signature: searchParams.get('signature') ?? '' }
}

/** Answers as the bucket behind the distribution does: uploads with PUT, photographs with GET. */
export const answerPhoto = async (
  place: PhotoPlace,
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: () => Promise<Buffer | 'too-long'>
): Promise<void> => {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
  if (place.kind === 'photos') return sendPhoto(place, directory, request, response)
  if (request.method !== 'PUT') return sendError(response, 405, 'MethodNotAllowed')
  const bytes = await body()
  if (bytes === 'too-long') return sendError(response, 400, 'EntityTooLarge')
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',')])
  )
  const received = await receiveUpload(directory, place, { signature: place.signature, headers, bytes })
  switch (received) {
    case 'stored':
      response.statusCode = 200
      response.end()
      return
    case 'AccessDenied':
      return sendError(response, 403, received)
    case 'BadDigest':
      return sendError(response, 400, received)
  }
}

const sendPhoto = async (
  { project, name }: PhotoPlace,
  directory: string,
  { method }: IncomingMessage,
  response: ServerResponse
): Promise<void> => {
  if (method !== 'GET' && method !== 'HEAD') return sendError(response, 405, 'MethodNotAllowed')
  const bytes = await keptPhoto(directory, project, name)
  const type = bytes && photoTypeOf(bytes)
  if (!bytes || type === undefined) return sendError(response, 404, 'NoSuchKey')
  response.setHeader('content-type', type)
  response.setHeader('content-length', bytes.length)
  response.setHeader('cache-control', 'public, max-age=31536000, immutable')
  response.end(method === 'HEAD' ? undefined : bytes)
}

/** Errors are XML with the codes of S3. */
const sendError = (response: ServerResponse, status: number, code: string): void => {
  response.statusCode = status
  response.setHeader('content-type', 'application/xml')
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`)
}
