import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import * as z from 'zod'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'

/** The source of `paths.ts`: the types of the API as the route table has it. */
export const generatedPaths = async (): Promise<string> => {
  const types = await openapiTS(Buffer.from(JSON.stringify(withOneProblem(openApiDocument(routes)))), {
    transform: ({ format }) => (format === 'binary' ? ts.factory.createTypeReferenceNode('Blob') : undefined)
  })
  return `// Generated from the route table by \`npm run client\`; a test holds it up to date.\n\n${astToString(types)}`
}

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.looseObject({})) }))
  )
})

/**
 * The document with one refusal for each operation in place of one for each status: they are all of one form, and told
 * apart by their code.
 */
const withOneProblem = (document: unknown): unknown => {
  const { paths, ...rest } = documentSchema.parse(document)
  return {
    ...rest,
    paths: mapValues(paths, operations =>
      mapValues(operations, ({ operationId: _named, responses, ...operation }) => ({
        ...operation,
        responses: {
          ...Object.fromEntries(Object.entries(responses).filter(([status]) => status < '400')),
          default: problem
        }
      }))
    )
  }
}

const problem = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
}

const mapValues = <From, To>(values: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, to(value)]))
