import { addDays, type IsoDate } from '../../functions/core/dates.ts'
import { changeBureau } from '../../functions/flows/change-bureau.ts'
import { recallForgotten } from '../../functions/flows/deliver.ts'
import { throwFailures } from '../../functions/flows/in-parallel.ts'
import { notifyOfCommit } from '../../functions/flows/notify.ts'
import { publishAll, publishProjects } from '../../functions/flows/publish.ts'
import { rebuildSnapshot } from '../../functions/flows/rebuild.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { reviewDue, reviewer } from '../../functions/flows/review.ts'
import { sendDigests } from '../../functions/flows/send-digests.ts'
import { signCheckpoint } from '../../functions/flows/sign-checkpoint.ts'
import { tellOfReview } from '../../functions/flows/tell-of-review.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { routes } from '../../functions/http/routes.ts'
import { hashOf, jpeg } from '../contract/photo-store.contract.ts'
import { putFormerSite } from '../flows/former-site.ts'
import type { Ask } from '../http/client.ts'
import { plan } from '../http/plans.ts'
import type { FaultyTracker, WholeWorld } from './fault-world.ts'

/** How things are done in the story: in a world in which they may go wrong, until they come through. */
export interface Doings {
  /** A function is invoked, as by its stream or its schedule. */
  readonly invoke: (work: (alive: WholeWorld) => Promise<void>) => Promise<void>
  /** Somebody sends a request, and again until there is an answer. */
  readonly ask: (method: string, path: string, ask?: Ask & { readonly cookie?: string }) => Promise<Reply>
}

/** What somebody gets for a request. */
export interface Reply {
  readonly status: number
  readonly text: string
  readonly cookie: string
}

const firstDay: IsoDate = '2021-06-18'
const projects = ['school', 'kindergarten']
const openapi = openApiDocument(routes)

/**
 * Some days of a bureau: plans entered and imported, reports, a correction, two reds at once with their cases, an answer, a
 * pause, tokens and sessions; each morning the review, the site, the notices and the digests; behind every write its streams;
 * at the end a rebuild.
 */
export const liveThrough = async (
  { world, at }: FaultyTracker,
  { invoke, ask }: Doings,
  mornings: number
): Promise<void> => {
  const streams = streamsBehind(world, invoke)
  const write = async (method: string, path: string, body?: unknown, key?: string) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
    const answer = await ask(method, path, { body, headers })
    if (answer.status >= 400) throw new Error(`${method} ${path} → ${answer.status} ${answer.text}`)
    await streams()
    return answer
  }
  const report = (project: string, body: unknown, key: string) =>
    write('POST', `/v1/projects/${project}/reports`, body, key)

  const afternoons: readonly (() => Promise<unknown>)[] = [
    async () => {
      const photo = await upload(world, ask)
      for (const project of projects) {
        const photos = project === 'school' ? { photos: [photo] } : {}
        const reports = [{ milestoneId: 'C1', actualFinish: '2021-03-01', ...photos }, begun]
        await report(project, { reports }, `${project}-begun`)
      }
    },
    async () => {
      // Both before their streams, so that two cases are numbered at once.
      for (const project of projects)
        await ask('POST', `/v1/projects/${project}/reports`, {
          body: { reports: [late] },
          headers: { 'idempotency-key': `${project}-late` }
        })
      await streams()
    },
    async () => {
      await write('POST', '/v1/cases/school.1/acknowledge', answered, 'acknowledged')
      const version = (await world.log.load('kindergarten')).state.version
      const corrected = { corrects: version, reason: '误报', reports: [{ milestoneId: 'C3', percentComplete: 45 }] }
      await write('POST', '/v1/projects/kindergarten/corrections', corrected, 'corrected')
    },
    async () => {
      await write('POST', '/v1/projects/kindergarten/pause', { reason: '汛期', reviewOn: '2021-07-31' }, 'paused')
      await visitInternal(world, ask)
      for (const path of ['/v1/projects', '/v1/deliveries', '/v1/cases', '/v1/flags']) await ask('GET', path)
    },
    async () => {
      await write('POST', '/v1/projects/kindergarten/resume', { reason: '汛期结束' }, 'resumed')
      await report('school', { noChange: true, note: '无变化' }, 'school-no-change')
    }
  ]

  at(firstDay, '02:00')
  await write('PUT', '/v1/people/zhang', { name: '张三', position: 'director', reach: [{ channel: 'robot' }] })
  await write('PUT', '/v1/projects/school', plan(), 'school')
  await write('PUT', '/v1/projects/kindergarten', plan({ id: 'kindergarten', name: '示例幼儿园' }), 'kindergarten')
  await write('POST', '/v1/imports?apply=true', plan({ id: 'nursery', name: '示例托儿所' }))
  await tokensAndPrincipals(world, invoke, ask)
  for (let day = 0; day < mornings; day += 1) {
    const date = addDays(firstDay, day)
    // A town that is no more, so that the publication has something to take away.
    await putFormerSite(world.pages)
    await liveMorning({ world, at, date }, invoke, streams)
    at(date, '08:00')
    await afternoons[day]?.()
  }
  await invoke(async alive => {
    for await (const project of alive.log.projects()) {
      const { state } = await alive.log.load(project)
      if (state.status !== 'unregistered') await rebuildSnapshot(state, alive)
    }
  })
}

/** A photograph on its way, before a report names it. @returns by which it is named. */
const upload = async ({ photos }: WholeWorld, ask: Doings['ask']): Promise<string> => {
  const [bytes, sha256] = [jpeg(), hashOf(jpeg())]
  const { text } = await ask('POST', '/v1/projects/school/photos', {
    body: { sha256, bytes: bytes.byteLength, contentType: 'image/jpeg' }
  })
  if (!photos.upload(JSON.parse(text).upload.url, bytes)) throw new Error('the upload was turned away')
  return sha256
}

const begun = { milestoneId: 'C3', actualStart: '2021-03-02', percentComplete: 40 }
const late = { milestoneId: 'C3', forecastFinish: '2021-10-30', delay: { code: 'CONTRACTOR' } }
const answered = { committedFinish: '2021-10-01', measure: '增加一个班组' }

/** What the log's and the state's streams bring, project by project; the notices of all of them at once. */
const streamsBehind = (world: WholeWorld, invoke: Doings['invoke']) => {
  const seen = new Map<string, number>()
  return async (): Promise<void> => {
    const news: { readonly project: string; readonly versions: readonly number[] }[] = []
    for await (const project of world.log.projects()) {
      const commits = await world.log.commits(project, { after: seen.get(project) ?? 0 })
      const versions = commits.map(({ version }) => version)
      if (versions.length > 0) news.push({ project, versions })
      seen.set(project, versions.at(-1) ?? seen.get(project) ?? 0)
    }
    if (news.length === 0) return
    for (const { project } of news) await invoke(alive => refreshSnapshot(project, alive))
    await invoke(async alive => {
      const told = await Promise.allSettled(
        news.flatMap(({ project, versions }) => versions.map(version => notifyOfCommit(project, version, alive)))
      )
      for (const one of told) if (one.status === 'rejected') throw one.reason
    })
    await invoke(async alive => {
      const ids = news.map(({ project }) => project)
      throwFailures('publish', (await publishProjects(ids, alive)).failures)
    })
  }
}

const liveMorning = async (
  { world, at, date }: Pick<FaultyTracker, 'world' | 'at'> & { readonly date: IsoDate },
  invoke: Doings['invoke'],
  streams: () => Promise<void>
): Promise<void> => {
  at(addDays(date, -1), '23:30')
  await invoke(async alive => {
    const { failures } = await reviewDue(alive)
    throwFailures('review', failures)
    await changeBureau(() => [{ type: 'review-ended', at: world.clock.now() }], reviewer, alive)
  })
  at(addDays(date, -1), '23:40')
  await invoke(async alive => throwFailures('publish', (await publishAll(openapi, alive)).failures))
  await streams()
  await invoke(async alive => void (await signCheckpoint(alive)))
  at(addDays(date, -1), '23:50')
  await invoke(alive => tellOfReview(alive))
  at(date, '00:00')
  await invoke(async alive => void (await recallForgotten(alive)))
  at(date, '00:30')
  await invoke(async alive => throwFailures('digests', await sendDigests(alive)))
}

const principal = 'arn:aws:iam::123456789012:role/bureau'

const tokensAndPrincipals = async (world: WholeWorld, invoke: Doings['invoke'], ask: Doings['ask']): Promise<void> => {
  const visitor = { role: 'viewer', name: '访客' }
  await ask('POST', '/v1/tokens', { body: visitor, headers: { 'idempotency-key': 'visitor' } })
  const issued = await ask('POST', '/v1/tokens', { body: visitor })
  await ask('DELETE', `/v1/tokens/${JSON.parse(issued.text).id}`)
  const grant = { role: 'admin', name: '局管理员', projects: [] } as const
  await invoke(async alive => {
    await alive.access.admit(principal, grant, world.clock.now())
    if (!(await alive.access.findSigner(principal))) throw new Error('an admitted principal is not let in')
  })
}

const visitInternal = async ({ access, clock }: WholeWorld, ask: Doings['ask']): Promise<void> => {
  const { token } = await access.issue({ role: 'leader', name: '分管局长', projects: [] }, clock.now())
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const { cookie } = await ask('POST', '/internal/sign-in', { raw: `token=${token}`, headers: form })
  await ask('GET', '/internal/', { cookie })
  await ask('POST', '/internal/sign-out', { raw: '', headers: form, cookie })
}
