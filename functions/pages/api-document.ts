/** A JSON object of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>

/** An OpenAPI 3.1 document as plain JSON. */
export type OpenApiDocument = JsonObject

/** True for a JSON object, false for a list or a bare value. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field of an object by its name, inherited ones aside. */
export const field = (owner: JsonObject, name: string): unknown =>
  Object.hasOwn(owner, name) ? owner[name] : undefined

/** A field that should be an object; an empty one where it is not. */
export const objectAt = (owner: JsonObject, name: string): JsonObject => {
  const value = field(owner, name)
  return isObject(value) ? value : {}
}

/** A field that should be a list; an empty one where it is not. */
export const listAt = (owner: JsonObject, name: string): readonly unknown[] => {
  const value = field(owner, name)
  return Array.isArray(value) ? value : []
}

/** A field that should be text; none where it is not. */
export const textAt = (owner: JsonObject, name: string): string => {
  const value = field(owner, name)
  return typeof value === 'string' ? value : ''
}

/** The fields of an object that are objects themselves, with their names. */
export const objectsIn = (owner: JsonObject): readonly (readonly [string, JsonObject])[] =>
  Object.entries(owner).flatMap(([name, value]) => (isObject(value) ? [[name, value] as const] : []))

/** The name of a schema that a `$ref` within the document leads to. */
export const schemaNameOf = (reference: string): string | undefined =>
  /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1]

/** The object itself, or the one that its `$ref` within the document leads to. */
export const resolve = (value: unknown, document: OpenApiDocument): JsonObject | undefined => {
  if (!isObject(value)) return undefined
  const reference = textAt(value, '$ref')
  if (!reference.startsWith('#/')) return value
  return reference
    .slice(2)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonObject>(objectAt, document)
}
