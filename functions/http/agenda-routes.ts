import type { AccessGrant } from '../core/access.ts'
import { agendaOf } from '../core/agenda.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { StateStore } from '../core/ports.ts'
import { noBody, noQuery, type Route, route } from './route.ts'

/** So many projects are shown to somebody who may report on all of them. */
const mostProjects = 50

/** What the form for reports is made of. */
export const agendaRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/agenda',
    operationId: 'readAgenda',
    audience: 'viewer',
    summary: { zh: '持令牌人待填报的项目与节点', en: 'What the bearer may report on, and how it stands' },
    query: noQuery,
    body: noBody,
    success: {
      status: 200,
      description: `Open milestones of the bearer’s projects, what matters now first; of an admin, ${mostProjects} projects; of others none`,
      reply: 'agenda'
    },
    handle: async ({ grant }, { log, store, rules, clock, demonstrationClock }) => {
      if (!grant) return { problem: { code: 'not-authenticated' } }
      const today = dateInShanghai(clock.now())
      const { id, role, name } = grant
      const loaded = await Promise.all((await reportableBy(grant, store)).map(project => log.load(project)))
      const projects = loaded.flatMap(({ state }) =>
        state.status === 'unregistered' ? [] : [agendaOf(state, today, rules)]
      )
      return { status: 200, body: { bearer: { id, role, name }, today, demonstrationClock, projects } }
    }
  })
]

const reportableBy = async ({ role, projects }: AccessGrant, store: StateStore): Promise<readonly string[]> => {
  if (role === 'reporter') return projects
  if (role !== 'admin') return []
  return (await store.list({}, mostProjects)).summaries.map(({ id }) => id)
}
