import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { plainJpeg } from '../form/exif.ts'
import { edited } from '../import/ledger-copy.ts'
import { eventually, makeDirectory, type RunningTracker, startTracker } from '../local/tracker.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'tracker-commands-'))
let tracker: RunningTracker

beforeAll(async () => {
  tracker = await startTracker(makeDirectory())
})

afterAll(async () => {
  await tracker?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = async (...words: string[]) => {
  const child = spawn(process.execPath, [join(root, 'bin', 'tracker.ts'), ...words], { cwd: root })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const plan = {
  id: 'school',
  name: '示例学校',
  start: '2021-03-01',
  requiredBy: '2021-04-30',
  milestones: [
    { id: 'A', name: '甲', duration: 10, baseline: { start: '2021-03-01', finish: '2021-03-12' } },
    {
      id: 'B',
      name: '乙',
      duration: 5,
      predecessors: [{ milestoneId: 'A' }],
      baseline: { start: '2021-03-15', finish: '2021-03-19' }
    }
  ]
}

describe('commands without a server', () => {
  it('assess an untouched plan of MS Project at its start, however long ago that was', async () => {
    const task = '<Task><UID>1</UID><Name>Roof</Name><Duration>PT16H0M0S</Duration></Task>'
    const xml = `<Project><StartDate>2003-01-07T08:00:00</StartDate><Tasks>${task}</Tasks></Project>`
    const { stdout } = await run('assess', file('plan.xml', xml), '--json')
    const { dataDate, milestones } = JSON.parse(stdout)
    expect([dataDate, milestones[0].earlyFinish]).toEqual(['2003-01-07', '2003-01-08T17:00'])
  })

  it('assess a plan, as JSON and nothing else on standard output', async () => {
    const { code, stdout } = await run('assess', file('plan.json', plan), '--data-date', '2021-03-15', '--json')
    const assessment = JSON.parse(stdout)
    expect(code).toBe(0)
    // Ten working days from 15 March on end on 26 March, five more on 2 April: ten days behind the baseline.
    expect(assessment.milestones.map((m: { projectedFinish: string }) => m.projectedFinish)).toEqual([
      '2021-03-26',
      '2021-04-02'
    ])
    expect(assessment.variance).toEqual({ workingDays: 10, calendarDays: 14 })
    // Two thirds were due and nothing is done: the gap is above thirty points.
    expect([assessment.light, assessment.rules]).toEqual(['red', ['R2', 'Y1', 'B1']])
  })

  it('say of a bad plan which field is wrong, in both languages, and end with 1', async () => {
    const bad = { ...plan, milestones: [{ ...plan.milestones[0], duration: -1 }] }
    const { code, stdout, stderr } = await run('assess', file('bad.json', bad), '--json')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/\/milestones\/0\/duration.*至少.*at least/)
    expect((await run('assess', file('torn.json', '{'))).code).toBe(1)
    expect((await run('assess', join(folder, 'nowhere.json'))).code).toBe(1)
  })

  it('read the calendar, both days included, with names and what is provisional', async () => {
    const { code, stdout } = await run('calendar', '--from', '2026-12-31', '--to', '2027-01-01', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      { date: '2026-12-31', working: true },
      { date: '2027-01-01', working: false, name: '元旦', provisional: true }
    ])
  })

  it.each([
    [['calendar', '--from', '2021-02-30', '--to', '2021-03-01']],
    [['calendar', '--from', '2021-03-02', '--to', '2021-03-01']],
    [['calendar', '--to', '2021-03-01']],
    [['assess', file('dated.json', plan), '--data-date', 'today']],
    [['verify', '--data', '/nonexistent']],
    [['dance']],
    [['report', 'school', '--url', 'http://127.0.0.1:1', '--token', 'x']]
  ])('%j is wrong use and ends with 2', async words => {
    expect((await run(...words)).code).toBe(2)
  })

  it.each([
    [['assess'], '缺少参数', 'missing required argument'],
    [['calendar', '--from', 'x'], '缺少必需的选项', 'required option'],
    [['dance'], '没有这条命令', 'unknown command'],
    [['verify', '--quickly'], '没有这个选项', 'unknown option'],
    [['case', 'list', '--status', 'lost'], '值不在可选之列', 'Allowed choices are open, acknowledged, closed'],
    [['project', 'list', '--url', 'nowhere'], '不是网址', 'no URL'],
    [['project', 'list', '--data', '/nonexistent'], '--data DIR 指明它的文件夹', 'say its folder with --data DIR']
  ])('%j is told in both languages', async (words, zh, en) => {
    const { code, stdout, stderr } = await run(...words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(zh)
    expect(stderr).toContain(en)
  })

  it('explain themselves', async () => {
    const { code, stdout } = await run('--help')
    expect(code).toBe(0)
    for (const name of ['assess', 'calendar', 'project', 'report', 'token', 'review', 'verify', 'rebuild', 'site'])
      expect(stdout).toContain(name)
  })
})

describe('tracker case and tracker people', () => {
  const on = (...words: string[]) => run(...words, '--data', tracker.directory, '--json')

  it('list the cases of the demonstration by number, answer one, and close it with evidence only', async () => {
    const listed = JSON.parse((await on('case', 'list')).stdout)
    expect(listed.map(({ id, number }: { id: string; number: { text: string } }) => [number.text, id])).toEqual([
      ['〔2021〕第1号', 'no39-north.1'],
      ['〔2021〕第2号', 'shiyan-kindergarten-complex.1']
    ])
    const id = 'shiyan-kindergarten-complex.1'
    const answered = await on('case', 'acknowledge', id, '--finish', '2021-08-25', '--measure', '增加班组')
    expect(JSON.parse(answered.stdout).case).toMatchObject({ status: 'acknowledged', deadline: '2021-08-25' })
    expect((await on('case', 'acknowledge', id, '--finish', '2021-08-26', '--measure', '再议')).code).toBe(1)
    expect((await on('case', 'close', id)).code).toBe(2)
    expect((await on('case', 'rule', id, '--reason', '经核实')).code).toBe(0)
    expect(JSON.parse((await on('case', 'close', id, '--evidence', '会议纪要')).stdout).case.status).toBe('closed')
    const { stdout } = await run('case', 'show', id, '--data', tracker.directory)
    expect(stdout).toMatch(/^〔2021〕第2号 .* 已销号 closed .* 项目负责人 project manager .*\n.* 无正当理由 a fault\n/)
    const silenced = ['--until', '2021-07-01', '--reason', '评审', '--rule', 'R1', '--data', tracker.directory]
    expect((await run('case', 'silence', 'shiyan-kindergarten-complex', ...silenced)).stdout).toBe(
      'shiyan-kindergarten-complex: 静默至 2021-07-01(含当日)/ silent until 2021-07-01, that day included: R1, 全部节点 every milestone\n'
    )
  })

  it('show the directory, whose people are invented, and change it', async () => {
    const people = JSON.parse((await on('people', 'list')).stdout)
    for (const { name } of people) expect(name).toMatch(/^示例/)
    const { stdout } = await run('people', 'list', '--data', tracker.directory)
    expect(stdout).toMatch(/ 分管副局长 deputy director {2}示例/)
    const entry = file('person.json', { name: '示例副局长', position: 'deputy-director' })
    expect((await on('people', 'put', 'second-deputy', entry)).code).toBe(0)
    expect(JSON.parse((await on('people', 'show', 'second-deputy')).stdout).name).toBe('示例副局长')
    expect((await on('people', 'remove', 'second-deputy')).code).toBe(0)
    expect((await on('people', 'show', 'second-deputy')).code).toBe(1)
  })
})

describe('commands on a running tracker', () => {
  it('export writes each form to a file, or to standard output', async () => {
    const output = join(folder, 'ledger.xlsx')
    const written = await run('export', 'ledger', '--output', output, '--data', tracker.directory, '--json')
    expect(written).toMatchObject({ code: 0, stderr: '' })
    const bytes = readFileSync(output)
    expect(JSON.parse(written.stdout)).toEqual({ kind: 'ledger', output, bytes: bytes.length })
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    const oc4ids = await run('export', 'oc4ids', '--data', tracker.directory)
    expect(JSON.parse(oc4ids.stdout).projects).toHaveLength(12)
    expect((await run('export', 'ics', '--project', 'no39-north', '--data', tracker.directory)).stdout).toMatch(
      /^BEGIN:VCALENDAR\r\n/
    )
    expect(await run('export', 'mspdi', '--data', tracker.directory)).toMatchObject({ code: 1, stdout: '' })
    expect((await run('export', 'pdf', '--data', tracker.directory)).code).toBe(2)
  })

  it('a ledger goes out, is edited, is tried, comes in, and the page says so', async () => {
    const output = join(folder, 'to-edit.xlsx')
    const on = (...words: string[]) => run(...words, '--data', tracker.directory)
    expect((await on('export', 'ledger', '--output', output)).code).toBe(0)
    const unedited = JSON.parse((await on('import', output, '--json')).stdout)
    expect(unedited.projects).toHaveLength(12)
    expect(unedited.projects.every(({ outcome }: { outcome: string }) => outcome === 'unchanged')).toBe(true)

    const [project, milestone] = ['shiyan-primary-complex', 'V4']
    writeFileSync(output, edited(readFileSync(output), [{ project, milestone, column: 'actualFinish' }, '2021/6/21']))
    const page = async () => (await fetch(`${tracker.url}/projects/${project}/`)).text()
    const before = await page()
    const tried = await on('import', output)
    expect(tried).toMatchObject({ code: 0, stderr: '' })
    expect(tried.stdout).toContain(`${project} v`)
    expect(tried.stdout).toMatch(/里程碑!I\d+ V4 实际完成 – → 2021-06-21/)
    expect(tried.stdout).toContain('未写入')
    const written = await on('import', output, '--apply', '--key', 'ledger-1', '--json')
    expect(
      JSON.parse(written.stdout).projects.filter((p: { outcome: string }) => p.outcome === 'written')
    ).toHaveLength(1)
    // Sent again, it is the same answer and no second report.
    expect((await on('import', output, '--apply', '--key', 'ledger-1', '--json')).stdout).toBe(written.stdout)
    await eventually('the page with the finish', async () => (await page()) !== before)
    expect(await page()).toMatch(/datetime="2021-06-21"/)

    // The other copy said something else of the same cell, and of one that is not to be written.
    const where = { project, milestone, column: 'percentComplete' }
    writeFileSync(output, edited(readFileSync(output), [where, 0.3]))
    const refused = await on('import', output, '--apply')
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    // Nothing of it could be taken: the table of the trial says at which cells, and no pointer into the file.
    const table = (await on('import', output)).stdout.split('\n').filter(line => /^\S+ v\d|里程碑!L/.test(line))
    expect(table.length).toBeGreaterThan(1)
    for (const line of table) expect(refused.stderr).toContain(`  ${line}\n`)
    expect(refused.stderr).not.toContain('/: ')
    expect(refused.stderr).not.toContain('试算')
    expect((await on('import', join(folder, 'plan.json'))).code).toBe(2)
  })

  it('changes tells what happened since a date', async () => {
    const { code, stdout } = await run('changes', '--since', '2021-06-15', '--data', tracker.directory, '--json')
    expect(code).toBe(0)
    const { since, changes } = JSON.parse(stdout)
    expect(since).toBe('2021-06-15')
    expect(changes.length).toBeGreaterThan(0)
    expect((await run('changes', '--since', 'yesterday', '--data', tracker.directory)).code).toBe(1)
    expect((await run('changes', '--data', tracker.directory)).code).toBe(2)
  })

  const onTracker = (...words: string[]) => run(...words, '--data', tracker.directory, '--json')

  it('list, report and show a project', async () => {
    const { stdout } = await onTracker('project', 'list')
    expect(JSON.parse(stdout)).toHaveLength(12)
    const reported = await onTracker('report', 'erzhong-phase-2', '--no-change', '--key', 'k1')
    expect(reported.code).toBe(0)
    const { version } = JSON.parse(reported.stdout)
    expect(
      JSON.parse((await onTracker('report', 'erzhong-phase-2', '--no-change', '--key', 'k1')).stdout).version
    ).toBe(version)
    expect(JSON.parse((await onTracker('project', 'show', 'erzhong-phase-2')).stdout).version).toBe(version)
  })

  it('judge a colour, better only with who approves it, and take it back', async () => {
    const judge = (...words: string[]) =>
      run('project', 'judge', 'campus-monitoring', '--reason', '现场核实', ...words, '--data', tracker.directory)
    expect((await judge('--light', 'red')).stdout).toMatch(/^campus-monitoring .*\n红 · 严重滞后 .* \(R7/)
    expect(await judge('--light', 'blue')).toMatchObject({ code: 2 })
    const taken = await run(
      'project',
      'unjudge',
      'campus-monitoring',
      '--reason',
      '已核实',
      '--data',
      tracker.directory
    )
    expect(taken.stdout).toMatch(/^campus-monitoring .*\n蓝 · 节点临近/)
  })

  it('report with a photograph, which is uploaded first', async () => {
    const picture = join(folder, '现场.jpg')
    writeFileSync(picture, plainJpeg)
    const { stdout } = await onTracker('report', 'erzhong-phase-2', 'C8', '--note', '屋面', '--photo', picture)
    const sha256 = createHash('sha256').update(plainJpeg).digest('hex')
    expect(JSON.parse(stdout).events[0].reports).toEqual([{ milestoneId: 'C8', note: '屋面', photos: [sha256] }])
    const address = `${tracker.url}/photos/erzhong-phase-2/${sha256}`
    await eventually('the photograph on the site', async () => (await fetch(address)).ok)
  })

  it('report in three words, or two where the token has one project, and tell the colour with its reason', async () => {
    const issued = await onTracker('token', 'issue', '--role', 'reporter', '--name', '张三', '--project', 'no39-north')
    const { token } = JSON.parse(issued.stdout)
    const onSite = (...words: string[]) => run('report', ...words, '--url', tracker.url, '--token', token)
    const { code, stdout } = await onSite('A6', '95%', '--key', 'tap')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^枣庄三十九中北校 no39-north {2}第 \d+ 版 \/ version \d+\n {2}填报进展:.* 完成 95% \/ Progress/
    )
    expect(stdout).toMatch(/\n红 · 严重滞后 \/ Red · off track \(R1 .*\n {2}R1 .*滞后 20 个工作日/)
    expect((await onSite('A6', '95%', '--key', 'tap')).stdout).toContain('没有重复记录')
    const done = await run('report', 'no39-north', 'A6', 'done', '--url', tracker.url, '--token', token, '--json')
    const { reports } = JSON.parse(done.stdout).events[0]
    expect(reports).toEqual([{ milestoneId: 'A6', actualFinish: '2021-06-21' }])
    expect((await onSite('A7', 'soon')).stderr).toMatch(/看不懂进展 soon.*says nothing of progress/)
    expect((await onSite('A7', '5', '--percent', '6')).code).toBe(2)
    const unnamed = await run('report', 'A7', '5', '--url', tracker.url, '--token', tracker.tokens.admin)
    expect([unnamed.code, unnamed.stderr]).toEqual([1, expect.stringMatching(/^project-not-found|^not-/)])
    expect((await onTracker('report', '--no-change')).stderr).toMatch(
      /请写明项目.*\n {2}no39-north {2}枣庄三十九中北校/
    )
  })

  it('issue a token with the link to the form and the day on which it ends', async () => {
    const words = ['--role', 'reporter', '--name', '张三', '--project', 'no39-north', '--expires-on', '2021-12-31']
    const { stdout } = await run('token', 'issue', ...words, '--data', tracker.directory)
    const [, token] = /^\w+: (cpt_\w+)$/m.exec(stdout) ?? []
    expect(stdout).toContain(`/ link to the form: ${tracker.url}/report/#token=${token}\n链接就是钥匙`)
    expect(stdout).toContain('/ holds until 2021-12-31, that day included')
  })

  it('write the first admin straight into the table, and its token works at once', async () => {
    const { code, stdout } = await onTracker('token', 'first', '--name', '李四')
    expect(code).toBe(0)
    const { id, token, role } = JSON.parse(stdout)
    expect([token.startsWith(`cpt_${id}_`), role]).toEqual([true, 'admin'])
    expect((await run('project', 'list', '--url', tracker.url, '--token', token, '--json')).code).toBe(0)
    expect((await onTracker('token', 'first', '--name', '李四', '--principal', 'li-si')).code).toBe(2)
    // Whose token is revoked, perhaps the last of an admin, is told of this way back in.
    await onTracker('token', 'revoke', id, '--token', token)
    expect((await onTracker('project', 'list', '--token', token)).stderr).toMatch(
      /^not-authenticated: .*\n(.*\n)*.*tracker token first/
    )
    // The token of this machine is the last one of an admin now.
    const own = await onTracker('token', 'revoke', tracker.tokens.admin.split('_')[1] ?? '')
    expect([own.code, own.stderr]).toEqual([
      1,
      expect.stringMatching(/^last-admin: 这是最后一个.* \/ This is the last /)
    ])
  })

  it('say in one sentence that a file cannot be written', async () => {
    const { code, stderr } = await onTracker('backup', '/nonexistent/archive')
    expect([code, stderr.trim().split('\n').length]).toEqual([1, 1])
    expect(stderr).toMatch(/^文件无法读写 \/ \/nonexistent\/archive.*ENOENT/)
  })

  it.runIf(existsSync('/proc'))('end where the file system takes no folders', async () => {
    for (const folder of ['/proc/x', '/proc/self']) {
      const { code, stderr } = await run('site', folder, '--data', tracker.directory)
      expect([code, stderr]).toEqual([1, expect.stringMatching(/文件无法读写.*ENOENT/)])
    }
  })

  it('say why the tracker refused, in both languages, and end with 1', async () => {
    const { code, stderr } = await onTracker('report', 'erzhong-phase-2', '--milestone', 'NOPE', '--percent', '5')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^not-valid: 内容有误 \/ .*\n {2}\/reports\/0\/milestoneId: 计划中没有.* \/ .*no milestone/)
  })

  it('review what is due, which is nothing after the morning', async () => {
    expect(JSON.parse((await onTracker('review')).stdout)).toMatchObject({ changed: 0, failed: [] })
  })

  it('write the site to a folder, the same as is served', async () => {
    const site = join(folder, 'site')
    expect((await run('site', site, '--url', tracker.url, '--data', tracker.directory)).code).toBe(0)
    const elsewhere = join(folder, 'site-elsewhere')
    const address = 'https://jindu.example.org'
    expect((await run('site', elsewhere, '--url', address, '--data', tracker.directory)).code).toBe(0)
    expect(readFileSync(join(elsewhere, 'calendar.ics'), 'utf8')).toContain(`URL;VALUE=URI:${address}/projects/`)
    expect((await run('site', elsewhere, '--url', 'nowhere', '--data', tracker.directory)).code).toBe(2)
    const served = await (await fetch(`${tracker.url}/projects/no39-north/`)).text()
    expect(readFileSync(join(site, 'projects', 'no39-north', 'index.html'), 'utf8')).toBe(served)
  })

  it('verify and rebuild find nothing wrong, then name the first bad commit after somebody has changed one', async () => {
    expect((await onTracker('verify')).code).toBe(0)
    expect((await run('rebuild', '--data', tracker.directory)).stdout).toMatch(/^no39-north +一致 same$/m)
    const { dynamodb } = JSON.parse(readFileSync(join(tracker.directory, 'run.json'), 'utf8'))
    const client = documentClient({ endpoint: dynamodb })
    await client.send(
      new UpdateCommand({
        TableName: 'tracker-log',
        Key: { project: 'no39-north', version: 3 },
        UpdateExpression: 'SET #at = :at',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':at': '2021-01-01T00:00:00Z' }
      })
    )
    client.destroy()
    const { code, stdout } = await onTracker('verify')
    expect(code).toBe(1)
    const bad = JSON.parse(stdout).filter(({ ok }: { ok: boolean }) => !ok)
    expect(bad).toEqual([
      {
        project: 'no39-north',
        ok: false,
        version: 3,
        detail: '第 3 版:不是当初封存的内容 / commit 3: hash-mismatch, it is not what was sealed'
      }
    ])
    expect((await onTracker('rebuild')).code).toBe(1)
  })
})
