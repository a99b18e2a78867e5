import { field, isObject, type JsonObject, listAt, objectAt, objectsIn, schemaNameOf, textAt } from './api-document.ts'
import { type Language, sayIn } from './language.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { phrase } from './prose.ts'

/** Where the documentation of a named schema stands on the page. */
export const schemaAnchor = (name: string): string => `schema-${name}`

/**
 * A schema in a line: a link to a named one, else its type with its bounds. The fields of an object stand in a table,
 * which folds away inside another one and wherever else it is not what the reader came for.
 */
export const schemaMarkup = (schema: unknown, lang: Language, fields: 'open' | 'folded' = 'folded'): Piece => {
  if (!isObject(schema)) return undefined
  const name = schemaNameOf(textAt(schema, '$ref'))
  if (name !== undefined) return html`<a href="#${schemaAnchor(name)}">${name}</a>`
  const choices = choicesOf(schema)
  if (choices.length > 0)
    return joined(
      choices.map(choice => schemaMarkup(choice, lang, fields)),
      sayIn(lang)(' 或 ', ' or ')
    )
  if (isObject(schema.items))
    return html`${sayIn(lang)('列表:', 'list of ')}${schemaMarkup(schema.items, lang, fields)}`
  if (hasFields(schema)) return fields === 'open' ? fieldTable(schema, lang) : foldedTable(schema, lang)
  return html`${typeText(schema)}${bounds(schema)}`
}

/** A named schema in full. */
export const schemaSection = (schema: JsonObject, lang: Language): Markup =>
  html`${
    textAt(schema, 'description') !== '' && html`<p>${textAt(schema, 'description')}</p>`
  }${schemaMarkup(schema, lang, 'open')}${
    Array.isArray(schema.examples) &&
    html`<pre tabindex="0"><code>${JSON.stringify(schema.examples[0], null, 2)}</code></pre>`
  }`

const hasFields = (schema: JsonObject): boolean => Object.keys(objectAt(schema, 'properties')).length > 0

const choicesOf = (schema: JsonObject): readonly unknown[] =>
  ['oneOf', 'anyOf', 'allOf'].flatMap(kind => listAt(schema, kind))

const foldedTable = (schema: JsonObject, lang: Language): Markup =>
  html`<details><summary><code>{ ${Object.keys(objectAt(schema, 'properties')).join(
    ', '
  )} }</code></summary>${fieldTable(schema, lang)}</details>`

const fieldTable = (schema: JsonObject, lang: Language): Markup => {
  const say = sayIn(lang)
  const required = new Set(listAt(schema, 'required'))
  return html`<table class="fields"><thead><tr><th scope="col">${say('字段', 'Field')}</th><th scope="col">${say('类型', 'Type')}</th><th scope="col">${say('说明', 'Meaning')}</th></tr></thead>
<tbody>${objectsIn(objectAt(schema, 'properties')).map(
    ([name, property]) => html`
<tr><td><code>${name}</code>${required.has(name) && html` <i>${say('必填', 'required')}</i>`}</td><td>${schemaMarkup(property, lang)}</td><td>${phrase(textAt(property, 'description'))}</td></tr>`
  )}
</tbody></table>`
}

const typeText = (schema: JsonObject): string => {
  const type = field(schema, 'type')
  const names = Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : ''
  const constant = field(schema, 'const')
  if (constant !== undefined) return JSON.stringify(constant)
  const values = listAt(schema, 'enum')
  if (values.length > 0) return values.map(value => JSON.stringify(value)).join(' | ')
  const format = textAt(schema, 'format')
  return format === '' ? names : `${names} (${format})`
}

const boundNames: readonly (readonly [string, string])[] = [
  ['minimum', '≥'],
  ['exclusiveMinimum', '>'],
  ['maximum', '≤'],
  ['exclusiveMaximum', '<'],
  ['minLength', 'length ≥'],
  ['maxLength', 'length ≤'],
  ['minItems', 'items ≥'],
  ['maxItems', 'items ≤'],
  ['pattern', 'pattern'],
  ['default', 'default']
]

/** Bounds that say something: those of the number type itself do not. */
const bounds = (schema: JsonObject): Piece =>
  boundNames.map(([name, words]) => {
    const value = field(schema, name)
    if (value === undefined || (typeof value === 'number' && Math.abs(value) >= Number.MAX_SAFE_INTEGER))
      return undefined
    return html` <small>${words} ${typeof value === 'string' ? value : JSON.stringify(value)}</small>`
  })

const joined = (pieces: readonly Piece[], between: string): Markup =>
  html`${pieces.map((piece, index) => [index > 0 && between, piece])}`
