import { noBody, noQuery, type Route, route } from './route.ts'

/** The operation that describes the API: the whole table, itself among it, which is why it takes the table late. */
export const openApiRoute = (table: () => readonly Route[]): Route =>
  route({
    method: 'GET',
    path: '/v1/openapi.json',
    operationId: 'openapi',
    audience: 'anyone',
    summary: { zh: '本接口的 OpenAPI 3.1 描述', en: 'This API as OpenAPI 3.1' },
    query: noQuery,
    body: noBody,
    success: { status: 200, description: 'The document' },
    handle: async () => {
      // Loaded on demand: no other request pays for the generator.
      const { openApiDocument } = await import('./openapi.ts')
      return { status: 200, body: openApiDocument(table()) }
    }
  })
