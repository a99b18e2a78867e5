import { describe, expect, test } from 'vitest'
import { type LogItems, memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import { answerLedger } from '../../functions/http/answer-ledger.ts'
import { ledgerReplySchema } from '../../functions/http/ledger-reply.ts'
import { problemTexts } from '../../functions/http/problems.ts'
import { hostileLedgers } from '../import/hostile-ledgers.ts'
import { edited } from '../import/ledger-copy.ts'
import { slowness } from '../local/tracker.ts'
import { startApi } from './client.ts'
import { plan } from './plans.ts'

const api = await startApi()
for (const id of ['school', 'other'])
  await api.call('PUT', `/v1/projects/${id}`, { token: api.tokens.admin, body: plan({ id }) })
const exported = async (kind: string) =>
  (await api.call('GET', `/v1/exports/${kind}`, { token: api.tokens.leader })).text
const sheet = Buffer.from(await exported('ledger'), 'base64')
// In every one of them something good stands beside: of another project, and of another milestone of the same.
const ledger = edited(
  sheet,
  [{ project: 'other', milestone: 'C3', column: 'percentComplete' }, 0.2],
  [{ project: 'school', milestone: 'V2', column: 'percentComplete' }, 0.1]
)
const hostile = hostileLedgers(ledger, Buffer.from(await exported('ledger-csv')), {
  project: 'school',
  milestone: 'C3'
})

const longest = 2000
const mostMegabytes = 300

describe('of hostile ledgers', () => {
  test('there are two hundred', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(200)
    expect(new Set(hostile.map(({ name }) => name)).size).toBe(hostile.length)
  })

  const by = { id: 'admin-token', role: 'admin' as const }

  test.each(hostile)(
    '$name: a clear error or a right import, never a part of one',
    async ({ bytes, form = 'excel-ledger' }) => {
      const items: LogItems = new Map([...api.items].map(([id, commits]) => [id, new Map(commits)]))
      const file = bytes()
      const peak = process.resourceUsage().maxRSS
      const started = performance.now()
      const answer = await answerLedger(file, { form, apply: true, by }, { ...api.deps, log: memoryEventLog(items) })
      expect(performance.now() - started).toBeLessThan(longest * slowness())
      expect((process.resourceUsage().maxRSS - peak) / 1024).toBeLessThan(mostMegabytes)
      const written = [...items]
        .filter(([id, commits]) => commits.size > (api.items.get(id)?.size ?? 0))
        .map(([id]) => id)
      if ('problem' in answer) {
        expect(written).toEqual([])
        expect(['unreadable-file', 'body-too-large', 'not-valid', 'refused-by-state']).toContain(answer.problem.code)
        expect(answer.problem.errors?.length).toBeGreaterThan(0)
        for (const { message } of [...(answer.problem.errors ?? []), { message: problemTexts(answer.problem).title }]) {
          expect(message.zh).toMatch(/\p{Script=Han}/u)
          expect(message.zh + message.en).not.toMatch(/undefined|NaN|\[object/)
        }
        return
      }
      const reply = ledgerReplySchema.parse(answer.body)
      expect(
        reply.projects
          .filter(({ outcome }) => outcome === 'written')
          .map(({ project }) => project)
          .sort()
      ).toEqual(written.sort())
      for (const { project, outcome, changes, conflicts, errors } of reply.projects) {
        expect(errors.length + conflicts.length > 0, `${project} ${outcome}`).toBe(outcome === 'refused')
        const added = (items.get(project)?.size ?? 0) - (api.items.get(project)?.size ?? 0)
        expect(added).toBe(outcome === 'written' ? 1 : 0)
        if (outcome === 'written') expect(changes.length).toBeGreaterThan(0)
      }
    }
  )
})
