import type { AccessGrant } from '../core/access.ts'
import { assess } from '../core/assess.ts'
import { type CaseView, caseViews } from '../core/case-view.ts'
import { dateInShanghai, type IsoDate } from '../core/dates.ts'
import type { DeliveryLog } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'
import type { Text } from '../core/text.ts'
import { internalCasesPage } from '../pages/internal-cases.ts'
import type { InternalContext, InternalFrame, Reader } from '../pages/internal-layout.ts'
import {
  type InternalProject,
  internalDeliveriesPage,
  internalFlagsPage,
  internalNotice,
  internalPeoplePage,
  internalProblemPage,
  internalProjectPage,
  internalProjectsPage,
  type SignInForm,
  signInPage
} from '../pages/internal-pages.ts'
import type { Language } from '../pages/language.ts'
import { pageHeaders } from '../pages/page-headers.ts'
import { type BureauDeps, numberCases } from './change-bureau.ts'
import type { RefreshDeps } from './refresh.ts'

/** Which internal page is asked for. */
export type InternalView =
  | { readonly page: 'projects'; readonly cursor?: string | undefined }
  | { readonly page: 'project'; readonly id: string }
  | { readonly page: 'flags' }
  | { readonly page: 'cases' }
  | { readonly page: 'people' }
  | { readonly page: 'deliveries'; readonly cursor?: string | undefined }
  | { readonly page: 'nothing' }

/** A page to be sent, and with which status. */
export interface InternalAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What internal pages are made from. */
export type InternalDeps = RefreshDeps & BureauDeps & { readonly deliveries: Pick<DeliveryLog, 'list'> }

const projectsAtATime = 100
const deliveriesAtATime = 100

/** The page that takes a token; its form brings `key` back. */
export const signIn = (frame: InternalFrame, form: SignInForm): InternalAnswer =>
  answer(form.trouble === 'not-for-viewers' ? 403 : 401, frame.lang, signInPage(frame, form))

/** A page that says why there is none. */
export const internalProblem = (
  status: number,
  { title, detail }: { readonly title: Text; readonly detail: Text },
  frame: InternalFrame
): InternalAnswer => answer(status, frame.lang, internalProblemPage(frame, title[frame.lang], detail[frame.lang]))

/** An internal page for somebody who is signed in. A reporter sees the projects that the token names, and nothing else. */
export const internalView = async (
  view: InternalView,
  grant: AccessGrant,
  frame: InternalFrame,
  deps: InternalDeps
): Promise<InternalAnswer> => {
  const { lang } = frame
  const { log, store, rules, clock, deliveries } = deps
  const reader: Reader = { name: grant.name, role: grant.role }
  const context: InternalContext = { ...frame, reader, dataDate: dateInShanghai(clock.now()) }
  const isHeld = grant.role === 'reporter'
  const assessed = (state: TrackedProject): InternalProject => ({
    state,
    assessment: assess(state, context.dataDate, rules)
  })
  const notice = (status: 403 | 404, kind: 'not-allowed' | 'not-found') =>
    answer(status, lang, internalNotice(frame, reader, kind))

  const projectsPage = async (cursor: string | undefined) => {
    const page = isHeld ? undefined : await store.list({}, projectsAtATime, cursor)
    const ids = page ? page.summaries.map(({ id }) => id) : grant.projects
    const snapshots = await Promise.all(ids.map(id => store.get(id)))
    const projects = snapshots.flatMap(snapshot => (snapshot ? [assessed(snapshot.state)] : []))
    return answer(200, lang, internalProjectsPage(projects, page?.cursor, context))
  }

  const projectPage = async (id: string) => {
    if (isHeld && !grant.projects.includes(id)) return notice(403, 'not-allowed')
    const { state } = await log.load(id)
    if (state.status === 'unregistered') return notice(404, 'not-found')
    const commits = await log.commits(id, { newestFirst: true, limit: commitsShown })
    const cases = await casesOf([state], context.dataDate, deps)
    return answer(200, lang, internalProjectPage(assessed(state), { commits, cases }, context))
  }

  const everyState = async (): Promise<readonly TrackedProject[]> => {
    const states: TrackedProject[] = []
    for await (const { state } of store.all()) states.push(state)
    return states
  }

  switch (view.page) {
    case 'projects':
      return projectsPage(view.cursor)
    case 'project':
      return projectPage(view.id)
    case 'flags': {
      if (isHeld) return notice(403, 'not-allowed')
      return answer(200, lang, internalFlagsPage((await everyState()).map(assessed), context))
    }
    case 'cases': {
      if (isHeld) return notice(403, 'not-allowed')
      const cases = await casesOf(await everyState(), context.dataDate, deps)
      return answer(200, lang, internalCasesPage(cases, context))
    }
    case 'people': {
      if (isHeld) return notice(403, 'not-allowed')
      const { people } = (await deps.bureau.load()).bureau
      return answer(200, lang, internalPeoplePage(Object.values(people), await everyState(), context))
    }
    case 'deliveries': {
      if (isHeld) return notice(403, 'not-allowed')
      const page = await deliveries.list({}, deliveriesAtATime, view.cursor)
      return answer(200, lang, internalDeliveriesPage(page.deliveries, page.cursor, context))
    }
    case 'nothing':
      return notice(404, 'not-found')
  }
}

const commitsShown = 50

/** In the order of the register; a case that has no number yet gets it, as when the API is asked. */
const casesOf = async (
  states: readonly TrackedProject[],
  today: IsoDate,
  deps: InternalDeps
): Promise<readonly CaseView[]> => {
  const { numbers } = await numberCases(
    states.flatMap(({ cases = {} }) => Object.values(cases)),
    deps
  )
  return states
    .flatMap(state => caseViews(state, numbers, today, deps.rules))
    .toSorted((a, b) => a.number.year - b.number.year || a.number.serial - b.number.serial)
}

const answer = (status: InternalAnswer['status'], lang: Language, body: string): InternalAnswer => ({
  status,
  headers: {
    ...pageHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-language': lang === 'zh' ? 'zh-CN' : 'en',
    'cache-control': 'no-store',
    vary: 'accept-language, cookie',
    'x-robots-tag': 'noindex',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {})
  },
  body
})
