import type { PageFile } from '../core/ports.ts'
import {
  field,
  isObject,
  type JsonObject,
  listAt,
  type OpenApiDocument,
  objectAt,
  objectsIn,
  resolve,
  textAt
} from './api-document.ts'
import { schemaAnchor, schemaMarkup, schemaSection } from './api-schema.ts'
import { type Language, sayIn } from './language.ts'
import { pageFile, type SiteSetting } from './layout.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { phrase, prose } from './prose.ts'
import { section } from './section.ts'

/** Documentation of the API from its OpenAPI 3.1 document: operations, parameters, bodies, answers, schemas. */
export const apiDocsPage = (document: OpenApiDocument, lang: Language, site: SiteSetting): PageFile => {
  const say = sayIn(lang)
  const info = objectAt(document, 'info')
  const operations = operationsOf(document)
  return pageFile({
    lang,
    folder: 'api/',
    kind: 'api',
    ...site,
    title: say('接口文档', 'API documentation'),
    description: say(`全部 ${operations.length} 个接口的文档`, `Documentation of all ${operations.length} operations`),
    main: html`<h1>${say('接口文档', 'API documentation')}</h1>
<p class="headline">${textAt(info, 'title')} <small>${textAt(info, 'version')}</small></p>
${prose(textAt(info, 'description'))}
<p><a href="/v1/openapi.json">OpenAPI ${textAt(document, 'openapi')} (JSON)</a></p>
${security(document, lang)}
<nav class="contents" aria-label="${say('接口目录', 'Operations')}"><ul>${operations.map(
      operation => html`
<li><a href="#${operation.anchor}">${methodAndPath(operation)}</a> ${textAt(operation.body, 'summary')}</li>`
    )}
</ul></nav>
${operations.map(operation => operationSection(operation, document, lang))}
${schemas(document, lang)}`
  })
}

interface Operation {
  readonly anchor: string
  readonly method: string
  readonly path: string
  readonly body: JsonObject
  /** Parameters of the path and of the operation. */
  readonly parameters: readonly JsonObject[]
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']

const operationsOf = (document: OpenApiDocument): readonly Operation[] =>
  objectsIn(objectAt(document, 'paths')).flatMap(([path, item]) =>
    methods.flatMap(method => {
      const body = item[method]
      if (!isObject(body)) return []
      const parameters = [...listAt(item, 'parameters'), ...listAt(body, 'parameters')].flatMap(each => {
        const parameter = resolve(each, document)
        return parameter ? [parameter] : []
      })
      const anchor = textAt(body, 'operationId') || `${method}-${path.replace(/[^\w]+/g, '-')}`
      return [{ anchor, method: method.toUpperCase(), path, body, parameters }]
    })
  )

const methodAndPath = ({ method, path }: Operation): Markup =>
  html`<code><b class="method ${method.toLowerCase()}">${method}</b> ${path}</code>`

const operationSection = (operation: Operation, document: OpenApiDocument, lang: Language): Markup => {
  const { anchor, body } = operation
  return html`<section class="operation" aria-labelledby="${anchor}">
<h2 id="${anchor}">${methodAndPath(operation)}</h2>
${prose(textAt(body, 'summary'))}${prose(textAt(body, 'description'))}
${parameterTable(operation, document, lang)}${requestBody(body, document, lang)}${responseTable(body, document, lang)}
</section>
`
}

const parameterTable = ({ parameters }: Operation, document: OpenApiDocument, lang: Language): Piece => {
  if (parameters.length === 0) return undefined
  const say = sayIn(lang)
  return table(
    say('参数', 'Parameters'),
    [say('名称', 'Name'), say('位置', 'In'), say('类型', 'Type'), say('说明', 'Meaning')],
    parameters.map(parameter => [
      html`<code>${textAt(parameter, 'name')}</code>${parameter.required === true && html` <i>${say('必填', 'required')}</i>`}`,
      textAt(parameter, 'in'),
      schemaMarkup(parameter.schema, lang),
      html`${phrase(textAt(parameter, 'description'))}${example(parameter, document)}`
    ])
  )
}

const requestBody = (operation: JsonObject, document: OpenApiDocument, lang: Language): Piece => {
  const body = resolve(operation.requestBody, document)
  if (!body) return undefined
  const say = sayIn(lang)
  return html`<h3>${say('请求体', 'Body')}</h3>
${prose(textAt(body, 'description'))}${contents(body, document, lang, 'open')}
`
}

const responseTable = (operation: JsonObject, document: OpenApiDocument, lang: Language): Piece => {
  const say = sayIn(lang)
  const responses = objectsIn(objectAt(operation, 'responses')).map(([status, response]) => ({
    status,
    response: resolve(response, document) ?? response
  }))
  if (responses.length === 0) return undefined
  return table(
    say('应答', 'Answers'),
    [say('状态', 'Status'), say('说明', 'Meaning'), say('内容', 'Content')],
    responses
      .sort((a, b) => (a.status < b.status ? -1 : 1))
      .map(({ status, response }) => [
        html`<code>${status}</code>`,
        html`${phrase(textAt(response, 'description'))}${headers(response, document)}`,
        contents(response, document, lang)
      ])
  )
}

const headers = (response: JsonObject, document: OpenApiDocument): readonly Markup[] =>
  objectsIn(objectAt(response, 'headers')).map(
    ([name, header]) => html`<br><code>${name}</code> ${textAt(resolve(header, document) ?? header, 'description')}`
  )

const contents = (
  owner: JsonObject,
  document: OpenApiDocument,
  lang: Language,
  fields: 'open' | 'folded' = 'folded'
): Piece =>
  objectsIn(objectAt(owner, 'content')).map(
    ([type, media]) =>
      html`<div class="content"><code>${type}</code> ${schemaMarkup(media.schema, lang, fields)}</div>${example(media, document)}`
  )

const example = (owner: JsonObject, document: OpenApiDocument): Piece => {
  const named = objectsIn(objectAt(owner, 'examples')).map(([name, each]) => ({
    name: textAt(each, 'summary') || name,
    value: field(resolve(each, document) ?? each, 'value')
  }))
  const alone = field(owner, 'example')
  const examples = alone === undefined ? named : [{ name: '', value: alone }, ...named]
  return examples.map(
    ({ name, value }) =>
      html`<pre tabindex="0"><code>${name !== '' && `// ${name}\n`}${JSON.stringify(value, null, 2)}</code></pre>`
  )
}

const security = (document: OpenApiDocument, lang: Language): Piece => {
  const schemes = objectsIn(objectAt(objectAt(document, 'components'), 'securitySchemes'))
  if (schemes.length === 0) return undefined
  return section(
    'security',
    sayIn(lang)('身份验证', 'Authentication'),
    html`<ul>${schemes.map(
      ([name, scheme]) =>
        html`<li><code>${name}</code>: ${[textAt(scheme, 'type'), textAt(scheme, 'scheme')].join(' ')} ${textAt(scheme, 'description')}</li>`
    )}</ul>`
  )
}

const schemas = (document: OpenApiDocument, lang: Language): Piece => {
  const all = objectsIn(objectAt(objectAt(document, 'components'), 'schemas'))
  if (all.length === 0) return undefined
  return html`<section aria-labelledby="schemas">
<h2 id="schemas">${sayIn(lang)('数据结构', 'Schemas')}</h2>
${all.map(
  ([name, schema]) => html`<section aria-labelledby="${schemaAnchor(name)}">
<h3 id="${schemaAnchor(name)}"><code>${name}</code></h3>
${schemaSection(schema, lang)}
</section>
`
)}
</section>`
}

/** A table with a heading of its own, scrolling inside itself where it is wide. */
const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Piece[])[]
): Markup => html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
  cells => html`
<tr>${cells.map(cell => html`<td>${cell}</td>`)}</tr>`
)}
</tbody></table></div>
`
