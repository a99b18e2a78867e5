import { describe, expect, it } from 'vitest'
import { peopleRemover, publicProject } from '../../functions/pages/people.ts'
import { projectFiles } from '../../functions/pages/site.ts'
import { projects } from './bureau.ts'
import { manager } from './fixture.ts'
import { renderSite } from './site-files.ts'

const files = renderSite()

describe('people', () => {
  it('is a question here at all: names, telephones and notes stand in the data', () => {
    const data = JSON.stringify(projects)
    expect(data).toContain(manager.name)
    expect(data).toContain(manager.contact)
    expect(data).toContain('139 1234 5678')
  })

  it.each(files.map(({ path, body }) => [path, body] as const))('never stand in a public file: %s', (_path, body) => {
    expect(body).not.toContain(manager.name)
    expect(body).not.toContain(manager.contact)
    expect(body).not.toContain('139 1234 5678')
    expect(body).not.toContain('"manager"')
    expect(body).not.toContain('请找')
    expect(body).not.toContain('已到场')
  })

  it('stay out when a former manager is named in a reason', () => {
    const [data] = projects
    const { project } = data!.state
    const former = { ...project, manager: { name: 'An Li', contact: 'an.li@example.cn' } }
    const commits = [
      {
        ...data!.commits[0]!,
        events: [{ type: 'project-resumed' as const, reason: 'An Li <an.li@example.cn> asked; Plan kept' }]
      },
      { ...data!.commits[0]!, events: [{ type: 'plan-changed' as const, project: former }] }
    ]
    for (const { body } of projectFiles({ ...data!, commits })) {
      expect(body).not.toContain('An Li')
      expect(body).not.toContain('an.li@')
    }
    const html = projectFiles({ ...data!, commits })[0]!.body
    expect(html).toContain('Plan kept')
  })

  it('are taken out by shape where nobody knows them', () => {
    const clean = peopleRemover({ ...projects[0]!.state.project, manager: undefined }, [])
    expect(clean('电话13800001111,座机0632-6611234')).toBe('电话※,座机※')
    expect(clean('+86 138-0000-1111 / a.b@c.gov.cn')).toBe('※ / ※')
    expect(clean('2021-06-21 至 2021-08-25,共 20210825 元')).toBe('2021-06-21 至 2021-08-25,共 20210825 元')
  })

  it.each([
    '0632-6611234',
    '王-五',
    'An/Li',
    'a\\b',
    '.*',
    '(?:',
    '[x-',
    '{2}',
    '^$',
    'x|y',
    '#&,~!@%=:;"`<>',
    '欧阳·娜'
  ])('are taken out by name, whatever characters the name %s has', name => {
    const { project } = projects[0]!.state
    const clean = peopleRemover({ ...project, manager: { name } }, [])
    expect(clean(`请找${name},明天`)).toBe('请找※,明天')
    expect(clean('明天')).toBe('明天')
    const reached = peopleRemover({ ...project, manager: { name: '甲乙', contact: name } }, [])
    expect(reached(`请找${name}。`)).toBe('请找※。')
  })

  it('leave the plan without the manager', () => {
    expect(publicProject(projects[0]!.state.project)).not.toHaveProperty('manager')
  })
})

describe('text of users', () => {
  const page = files.find(({ path }) => path === 'projects/escape-me/index.html')!.body
  const overview = files.find(({ path }) => path === 'index.html')!.body

  it('is escaped wherever it stands', () => {
    for (const body of [page, overview]) {
      expect(body).not.toMatch(/<script>|<img|<b>镇|<svg onload|<b>"/)
      expect(body).toContain('&lt;script&gt;')
    }
    expect(page).toContain('节点 &lt;b&gt;&quot;一&quot;&lt;/b&gt; &amp; 二')
    expect(page).toContain('&lt;svg onload=alert')
  })

  it('keeps its escapes when Chinese marks become full-width', () => {
    expect(page).not.toMatch(/&[a-z#0-9]+\uff1b/)
  })

  it('is escaped in the documentation of the API too', () => {
    const docs = files.find(({ path }) => path === 'api/index.html')!.body
    expect(docs).not.toContain('<script>alert')
    expect(docs).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})
