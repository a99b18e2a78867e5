import { HtmlValidate } from 'html-validate'
import { expect, it } from 'vitest'
import { htmlFiles, renderSite } from './site-files.ts'

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard', 'html-validate:a11y'] })

it.each(htmlFiles(renderSite()).map(({ path, body }) => [path, body] as const))(
  'has nothing that html-validate complains of: %s',
  async (path, body) => {
    const { results } = await validator.validateString(body, path)
    const complaints = results.flatMap(({ messages }) =>
      messages.map(({ line, ruleId, message }) => `${path}:${line} ${ruleId}: ${message}`)
    )
    expect(complaints).toEqual([])
  }
)
