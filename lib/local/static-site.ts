import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { pageCacheControl } from '../../functions/core/page-cache.ts'
import { pageHeaders } from '../../functions/pages/page-headers.ts'

/** Answers requests for the files of a site in a folder, as the bucket behind its distribution would. */
export const staticSite =
  (directory: string) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return sendText(response, 405, 'Method Not Allowed')
    }
    const path = pathOf(request.url ?? '/')
    if (path === undefined) return sendNotFound(directory, request, response)
    const wanted = path === '' || path.endsWith('/') ? `${path}index.html` : path
    const content = await contentOf(join(directory, wanted))
    if (content === 'folder') {
      // Links on a page are relative to its folder.
      response.setHeader('location', `/${encodeURI(path)}/${/[?].*/.exec(request.url ?? '')?.[0] ?? ''}`)
      return sendText(response, 308, 'Permanent Redirect')
    }
    if (content === undefined) return sendNotFound(directory, request, response)
    await sendFile(request, response, 200, wanted, content)
  }

/** The path of a file within the site; `undefined` when the address names none. */
const pathOf = (address: string): string | undefined => {
  try {
    const path = decodeURIComponent(address.split(/[?#]/)[0] ?? '').slice(1)
    const segments = (path.endsWith('/') ? path.slice(0, -1) : path).split('/')
    const isPlain = path === '' || segments.every(segment => segment !== '' && !/^\.|[\\\p{Cc}]|\.tmp$/u.test(segment))
    return isPlain ? path : undefined
  } catch {
    return undefined
  }
}

const contentOf = async (file: string): Promise<Buffer | 'folder' | undefined> => {
  try {
    return await readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EISDIR') return 'folder'
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    throw error
  }
}

const sendFile = async (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  path: string,
  content: Buffer
): Promise<void> => {
  const type = typeOf(path)
  const hash = createHash('sha256').update(content).digest('base64url')
  const coding = isCompressible(type) && content.length >= smallestCompressed ? codingFor(request) : 'identity'
  // A strong tag stands for the bytes that are sent, so each coding has its own.
  const tag = coding === 'identity' ? `"${hash}"` : `"${hash}-${coding}"`
  response.statusCode = status
  response.setHeader('cache-control', pageCacheControl)
  response.setHeader('vary', 'accept-encoding')
  if (status === 200) {
    response.setHeader('etag', tag)
    if (matches(request.headers['if-none-match'], tag)) {
      response.statusCode = 304
      response.end()
      return
    }
  }
  const body = await encode(content, coding)
  response.setHeader('content-type', type)
  if (coding !== 'identity') response.setHeader('content-encoding', coding)
  response.setHeader('content-length', body.length)
  response.end(request.method === 'HEAD' ? undefined : body)
}

const sendNotFound = async (directory: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const page = await contentOf(join(directory, '404.html'))
  if (page instanceof Buffer) await sendFile(request, response, 404, '404.html', page)
  else sendText(response, 404, 'Not Found')
}

const sendText = (response: ServerResponse, status: number, text: string): void => {
  response.statusCode = status
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(`${text}\n`)
}

/** If-None-Match compares weakly: `W/"x"` is as good as `"x"`. */
const matches = (header: string | undefined, tag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some(one => one.trim().replace(/^W\//, '') === tag))

type Coding = 'br' | 'gzip' | 'identity'

const codingFor = (request: IncomingMessage): Coding => {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => !/;\s*q=0(\.0+)?$/.test(part))
    .map(part => part.split(';')[0])
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity'
}

const smallestCompressed = 1024
const brotliQuality = 4

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

const encode = async (content: Buffer, coding: Coding): Promise<Buffer> => {
  switch (coding) {
    case 'br':
      return compressBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } })
    case 'gzip':
      return compressGzip(content)
    case 'identity':
      return content
  }
}

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.ics', 'text/calendar; charset=utf-8'],
  ['.atom', 'application/atom+xml; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.xml', 'application/xml; charset=utf-8'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.ico', 'image/x-icon'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2']
])

const typeOf = (path: string): string => types.get(extname(path)) ?? 'application/octet-stream'

const isCompressible = (type: string): boolean => /^text\/|json|xml/.test(type)
