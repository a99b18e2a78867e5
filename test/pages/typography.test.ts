import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { apiDocsPage } from '../../functions/pages/api-docs-page.ts'
import { demonstrationMark } from '../../functions/pages/layout.ts'
import { typesetText } from '../../functions/pages/typography.ts'
import { mixedMarks } from './mixed-marks.ts'
import { htmlFiles, renderSite } from './site-files.ts'

/** What stands on a page for people, one piece a text of the markup; code and the mark of DOMAIN §1 are quoted. */
const textsOn = (page: string): readonly string[] =>
  page
    .replaceAll(/<(code|pre|script|q)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(demonstrationMark('zh'), '')
    .split(/<[^>]*>/)
    .map(text => text.replaceAll(/&(?:#\d+|\w+);/g, '"'))

const pages = [...htmlFiles(renderSite()), apiDocsPage(openApiDocument(routes), 'zh', {})]
const chinese = pages.filter(({ path }) => !path.startsWith('en/') && !path.includes('escape-me'))

it.each(chinese.map(({ path, body }, at) => [`${path} ${at}`, body] as const))(
  'has no half-width mark beside a Chinese character: %s',
  (_path, body) => {
    expect(textsOn(body).flatMap(mixedMarks)).toEqual([])
  }
)

describe('typesetting', () => {
  it('widens marks beside Chinese characters and leaves code, tags and English alone', () => {
    expect(typesetText('完成 63%,按计划(&gt; 15):是;<time datetime="2021-06-21T08:00">好</time>,a,b', 'zh')).toBe(
      '完成 63%\uff0c按计划\uff08&gt; 15\uff09\uff1a是\uff1b<time datetime="2021-06-21T08:00">好</time>,a,b'
    )
    expect(typesetText('&quot;项目&quot;', 'zh')).toBe('&quot;项目&quot;')
    expect(typesetText('Plan 开工, then', 'en')).toBe('Plan 开工, then')
  })

  it('widens the bracket that is left of a text that was cut', () => {
    expect(typesetText('室外配套(管网、道路、操…', 'zh')).toBe('室外配套（管网、道路、操…')
  })
})
