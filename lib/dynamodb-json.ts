import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'

/** An attribute as DynamoDB writes it in JSON: its type by its key, numbers as text, bytes in base64. */
export type AttributeJson =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly SS: string[] }
  | { readonly NS: string[] }
  | { readonly BS: string[] }
  | { readonly L: AttributeJson[] }
  | { readonly M: ItemJson }

/** An item in DynamoDB JSON: in the records of a stream, in exports, on the wire. */
export interface ItemJson {
  [name: string]: AttributeJson
}

/** A stored item as JSON; the same item gives the same text, whatever order its attributes come in. */
export const jsonOfItem = (item: Readonly<Record<string, AttributeValue>>): ItemJson =>
  Object.fromEntries(
    Object.entries(item)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, jsonOfValue(value)])
  )

/** The stored item that {@link jsonOfItem} came from. */
export const itemOfJson = (item: ItemJson): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueOfJson(value)]))

const attributeSchema: z.ZodType<AttributeJson> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ B: z.base64() }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.boolean() }),
    z.strictObject({ SS: z.array(z.string()) }),
    z.strictObject({ NS: z.array(z.string()) }),
    z.strictObject({ BS: z.array(z.base64()) }),
    z.strictObject({ L: z.array(attributeSchema) }),
    z.strictObject({ M: itemSchema })
  ])
)

/** Decodes an item in DynamoDB JSON. */
export const itemSchema: z.ZodType<ItemJson> = z.record(z.string(), attributeSchema)

const jsonOfValue = (value: AttributeValue): AttributeJson => {
  if (value.S !== undefined) return { S: value.S }
  if (value.N !== undefined) return { N: value.N }
  if (value.BOOL !== undefined) return { BOOL: value.BOOL }
  if (value.NULL !== undefined) return { NULL: value.NULL }
  if (value.B !== undefined) return { B: base64(value.B) }
  if (value.SS !== undefined) return { SS: value.SS }
  if (value.NS !== undefined) return { NS: value.NS }
  if (value.BS !== undefined) return { BS: value.BS.map(base64) }
  if (value.L !== undefined) return { L: value.L.map(jsonOfValue) }
  if (value.M !== undefined) return { M: jsonOfItem(value.M) }
  throw new TypeError(`an attribute of an unknown type: ${Object.keys(value).join()}`)
}

const valueOfJson = (value: AttributeJson): AttributeValue => {
  if ('B' in value) return { B: Buffer.from(value.B, 'base64') }
  if ('BS' in value) return { BS: value.BS.map(text => Buffer.from(text, 'base64')) }
  if ('L' in value) return { L: value.L.map(valueOfJson) }
  if ('M' in value) return { M: itemOfJson(value.M) }
  if ('SS' in value) return { SS: [...value.SS] }
  if ('NS' in value) return { NS: [...value.NS] }
  if ('NULL' in value) return { NULL: true }
  return value
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
