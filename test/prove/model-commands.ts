import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { firstFinishOf, type Model, type ModelProject, milestoneIds, planNamed, registered } from './model.ts'
import { type Answer, type Asked, type Mishap, type Real, rivalNote } from './model-real.ts'

type Command = fc.AsyncCommand<Model, Real>

/** The tracker did something else than the model. */
class DisagreementError extends Error {
  override readonly name = 'DisagreementError'
}

const agree = (what: string, found: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(found, expected))
    throw new DisagreementError(`${what}: ${JSON.stringify(found)}, the model says ${JSON.stringify(expected)}`)
}

const projectIds = ['a', 'b'] as const
const anyProject = fc.constantFrom(...projectIds)
const anyMilestone = fc.constantFrom(...milestoneIds)
const anyMishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom('kill-before' as const, 'kill-after' as const, 'rival' as const) }
)
const anyCondition = fc.constantFrom('none', 'none', 'right', 'wrong')
const anyWriting = fc.record({ mishap: anyMishap, condition: anyCondition, keyed: fc.boolean() })

interface Writing {
  readonly mishap: Mishap
  readonly condition: string
  readonly keyed: boolean
}

/** What the model says of a write: the status, and what is true afterwards if it was accepted. */
interface Prediction {
  readonly status: number
  /** How many versions it adds. */
  readonly adds: 0 | 1
  readonly effect?: () => void
}

interface Write {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly body: unknown
}

let keys = 0
const newKey = (): string => {
  keys += 1
  return `key-${keys}`
}

/** Writes to a registered project, with what may go wrong on the way, and holds the answer to the prediction. */
const write = async (
  model: Model,
  real: Real,
  { id, method, path, body }: Write,
  { mishap, condition, keyed }: Writing,
  predict: (project: ModelProject) => Prediction
): Promise<void> => {
  const project = model.projects.get(id)
  if (!project) throw new RangeError(`${id} is not in the model`)
  const what = `${method} ${path} ${JSON.stringify(body)} (${mishap}, If-Match ${condition})`
  const before = project.version
  // Whoever dies has to be able to ask again.
  const key = keyed || mishap.startsWith('kill') ? newKey() : undefined
  const ifMatch = condition === 'none' ? undefined : condition === 'right' ? before : before + 7
  const asked: Asked = { body, ...(key === undefined ? {} : { key }), ...(ifMatch === undefined ? {} : { ifMatch }) }
  const predicted = predict(project)
  const isWritten = predicted.status < 300 && condition !== 'wrong' && (predicted.adds === 1 || key !== undefined)
  const isOvertaken = mishap === 'rival' && isWritten
  if (isOvertaken) {
    project.version += 1
    project.notes.push(rivalNote)
  }
  const expected = condition === 'wrong' || (isOvertaken && condition === 'right') ? 412 : predicted.status

  let answer = await real.ask(method, path, asked, mishap)
  const died = answer === 'died'
  if (died) answer = await real.ask(method, path, asked)
  if (answer === 'died') throw new DisagreementError(`${what} died though nothing killed it`)
  agree(`${what} status ${answer.code}`, answer.status, expected)
  if (mishap.startsWith('kill')) agree(`${what} died`, died, isWritten)
  // The server repeats by itself what was killed after its effect, and answers what it answered first.
  agree(`${what} replayed`, answer.replayed, died && mishap === 'kill-after')
  if (answer.status >= 300) return
  project.version += isWritten ? 1 : 0
  agree(`${what} version`, answer.version, project.version)
  predicted.effect?.()
  learnCases(project, answer)
  if (key !== undefined)
    model.sent.push({ project: id, path, method, key, body, status: answer.status, version: answer.version })
}

/** When a case opens is for the rules; what can be done with it then is for the model. */
const learnCases = ({ cases }: ModelProject, { events }: Answer): void => {
  for (const { type, caseId } of events) {
    if (caseId === undefined) continue
    if (type === 'case-opened' || type === 'case-reopened' || type === 'acknowledgement-expired')
      cases.set(caseId, 'open')
  }
}

const isRegistered =
  (id: string) =>
  ({ projects }: Readonly<Model>): boolean =>
    projects.has(id)

const command = (name: string, check: Command['check'], run: Command['run']): Command => ({
  check,
  run,
  toString: () => name
})

const putPlan = fc.tuple(anyProject, fc.constantFrom('甲校', '乙校'), anyWriting).map(([id, name, writing]) =>
  command(
    `put ${id} ${name} ${JSON.stringify(writing)}`,
    () => true,
    async (model, real) => {
      const path = `/v1/projects/${id}`
      const body = planNamed(id, name)
      if (!model.projects.has(id)) {
        const answer = await real.ask('PUT', path, { body })
        agree(`first PUT of ${id}`, answer !== 'died' && [answer.status, answer.version], [201, 1])
        model.projects.set(id, registered(name))
        return
      }
      await write(model, real, { id, method: 'PUT', path, body }, writing, project => {
        // The plan's dates go back to what they were; a later one needs a reason.
        if ([...project.moved].some(([milestone, finish]) => finish < firstFinishOf(milestone)))
          return { status: 422, adds: 0 }
        const changes = project.name !== name
        return { status: 200, adds: changes ? 1 : 0, effect: () => void Object.assign(project, { name }) }
      })
    }
  )
)

const importPlan = anyProject.map(id =>
  command(
    `import ${id}`,
    model => !model.projects.has(id),
    async (model, real) => {
      const asked = { body: planNamed(id, '丙校') }
      for (const status of [201, 200]) {
        const answer = await real.ask('POST', '/v1/imports?apply=true', asked)
        agree(`import of ${id}`, answer !== 'died' && [answer.status, answer.version], [status, 1])
      }
      model.projects.set(id, registered('丙校'))
    }
  )
)

const reportOn = (id: string) => ({ id, method: 'POST', path: `/v1/projects/${id}/reports` })

const reportPercent = fc
  .tuple(anyProject, fc.oneof(anyMilestone, fc.constant('unheard-of')), fc.integer({ min: 0, max: 100 }), anyWriting)
  .map(([id, milestoneId, percentComplete, writing]) =>
    command(
      `report ${id} ${milestoneId} ${percentComplete} ${JSON.stringify(writing)}`,
      isRegistered(id),
      (model, real) =>
        write(
          model,
          real,
          { ...reportOn(id), body: { reports: [{ milestoneId, percentComplete }] } },
          writing,
          ({ milestones }) => {
            const known = milestones.get(milestoneId)
            if (!known) return { status: 422, adds: 0 }
            if (known.cancelled) return { status: 409, adds: 0 }
            if (known.finish !== undefined && percentComplete < 100) return { status: 422, adds: 0 }
            if (percentComplete < known.percent) return { status: 409, adds: 0 }
            return { status: 201, adds: 1, effect: () => void Object.assign(known, { percent: percentComplete }) }
          }
        )
    )
  )

const reportFinish = fc
  .tuple(anyProject, anyMilestone, fc.constantFrom('2021-06-10', '2021-06-11'), anyWriting)
  .map(([id, milestoneId, actualFinish, writing]) =>
    command(`finish ${id} ${milestoneId} ${actualFinish} ${JSON.stringify(writing)}`, isRegistered(id), (model, real) =>
      write(
        model,
        real,
        { ...reportOn(id), body: { reports: [{ milestoneId, actualFinish }] } },
        writing,
        ({ milestones }) => {
          const known = milestones.get(milestoneId)
          if (!known || known.cancelled) return { status: 409, adds: 0 }
          if (known.finish !== undefined && known.finish !== actualFinish) return { status: 409, adds: 0 }
          return {
            status: 201,
            adds: 1,
            effect: () => void Object.assign(known, { finish: actualFinish, percent: 100 })
          }
        }
      )
    )
  )

const reportRed = fc.tuple(anyProject, anyMilestone, anyWriting).map(([id, milestoneId, writing]) =>
  command(`late ${id} ${milestoneId} ${JSON.stringify(writing)}`, isRegistered(id), (model, real) => {
    const late = { milestoneId, forecastFinish: '2022-03-31', delay: { code: 'CONTRACTOR' } }
    return write(model, real, { ...reportOn(id), body: { reports: [late] } }, writing, ({ milestones }) => {
      const known = milestones.get(milestoneId)
      return known?.cancelled || known?.finish !== undefined ? { status: 409, adds: 0 } : { status: 201, adds: 1 }
    })
  })
)

const correct = fc
  .tuple(anyProject, anyMilestone, fc.integer({ min: 0, max: 99 }), anyWriting)
  .map(([id, milestoneId, percentComplete, writing]) =>
    command(
      `correct ${id} ${milestoneId} ${percentComplete} ${JSON.stringify(writing)}`,
      isRegistered(id),
      (model, real) => {
        const path = `/v1/projects/${id}/corrections`
        // A finish is taken back with it; of an unfinished one there is none to take back.
        const corrected = { milestoneId, percentComplete, actualFinish: null }
        const body = { corrects: 1, reason: '误报', reports: [corrected] }
        return write(model, real, { id, method: 'POST', path, body }, writing, ({ milestones }) => {
          const known = milestones.get(milestoneId)
          if (!known || known.cancelled) return { status: 409, adds: 0 }
          return {
            status: 201,
            adds: 1,
            effect: () => {
              delete known.finish
              known.percent = percentComplete
            }
          }
        })
      }
    )
  )

const pauseOrResume = fc.tuple(anyProject, fc.constantFrom('pause', 'resume'), anyWriting).map(([id, act, writing]) =>
  command(`${act} ${id} ${JSON.stringify(writing)}`, isRegistered(id), (model, real) => {
    const body = act === 'pause' ? { reason: '汛期', reviewOn: '2021-12-31' } : { reason: '汛期结束' }
    return write(model, real, { id, method: 'POST', path: `/v1/projects/${id}/${act}`, body }, writing, project => {
      const wanted = act === 'pause' ? 'active' : 'paused'
      if (project.status !== wanted) return { status: 409, adds: 0 }
      return {
        status: 201,
        adds: 1,
        effect: () => void Object.assign(project, { status: act === 'pause' ? 'paused' : 'active' })
      }
    })
  })
)

const cancel = fc.tuple(anyProject, anyMilestone, anyWriting).map(([id, milestoneId, writing]) =>
  command(`cancel ${id} ${milestoneId} ${JSON.stringify(writing)}`, isRegistered(id), (model, real) => {
    const path = `/v1/projects/${id}/milestones/${milestoneId}/cancel`
    return write(model, real, { id, method: 'POST', path, body: { reason: '并入其他工程' } }, writing, project => {
      const known = project.milestones.get(milestoneId)
      const isOpen = known && !known.cancelled && known.finish === undefined && milestoneId !== 'U2'
      return isOpen
        ? { status: 201, adds: 1, effect: () => void Object.assign(known, { cancelled: true }) }
        : { status: 409, adds: 0 }
    })
  })
)

const moveBaseline = fc
  .tuple(anyProject, anyMilestone, fc.constantFrom('2021-07-20', '2021-12-20'), anyWriting)
  .map(([id, milestoneId, finish, writing]) =>
    command(`baseline ${id} ${milestoneId} ${finish} ${JSON.stringify(writing)}`, isRegistered(id), (model, real) => {
      const body = { reason: '批准调整', milestones: [{ id: milestoneId, start: '2021-07-01', finish }] }
      const path = `/v1/projects/${id}/baselines`
      return write(model, real, { id, method: 'POST', path, body }, writing, ({ moved }) => {
        const now = moved.get(milestoneId) ?? firstFinishOf(milestoneId)
        // Every later date has a reason.
        if (finish > now) return { status: 422, adds: 0 }
        const adds = moved.get(milestoneId) === finish ? 0 : 1
        return { status: adds === 0 ? 200 : 201, adds, effect: () => void moved.set(milestoneId, finish) }
      })
    })
  )

const actOnCase = fc
  .tuple(anyProject, fc.constantFrom('acknowledge', 'close'), fc.nat({ max: 5 }), anyWriting)
  .map(([id, act, at, writing]) =>
    command(
      `${act} a case of ${id} ${JSON.stringify(writing)}`,
      model => (model.projects.get(id)?.cases.size ?? 0) > 0,
      (model, real) => {
        const cases = [...(model.projects.get(id)?.cases.keys() ?? [])]
        const caseId = cases[at % cases.length] ?? ''
        const body = act === 'close' ? { evidence: '验收单' } : { committedFinish: '2021-12-01', measure: '增加班组' }
        return write(
          model,
          real,
          { id, method: 'POST', path: `/v1/cases/${caseId}/${act}`, body },
          writing,
          project => {
            const known = project.cases.get(caseId)
            if (known === 'closed' || (act === 'acknowledge' && known === 'acknowledged'))
              return { status: 409, adds: 0 }
            return {
              status: 201,
              adds: 1,
              effect: () => void project.cases.set(caseId, act === 'close' ? 'closed' : 'acknowledged')
            }
          }
        )
      }
    )
  )

const repeat = fc.tuple(fc.nat(), fc.boolean()).map(([at, otherBody]) =>
  command(
    `repeat ${at}${otherBody ? ' with another body' : ''}`,
    ({ sent }) => sent.length > 0,
    async ({ sent }, real) => {
      const first = sent[at % sent.length]
      if (!first) return
      const { method, path, key, body, status, version } = first
      const asked = { key, body: otherBody ? { ...Object(body), note: '另一内容' } : body }
      const answer = await real.ask(method, path, asked)
      if (answer === 'died') throw new DisagreementError('a repetition died')
      if (!otherBody)
        agree(
          `repetition of ${method} ${path}`,
          [answer.status, answer.version, answer.replayed],
          [status, version, true]
        )
      // A body that is wrong in itself is told so first.
      else agree(`${method} ${path} under a used key`, answer.status, 422)
    }
  )
)

const atOnce = fc
  .tuple(anyProject, fc.constantFrom('free', 'one key', 'one version'), fc.integer({ min: 2, max: 5 }))
  .map(([id, mode, count]) =>
    command(`${count} at once on ${id}, ${mode}`, isRegistered(id), async (model, real) => {
      const project = model.projects.get(id)
      if (!project) return
      const key = newKey()
      const requests = Array.from(
        { length: count },
        (_, i) => () =>
          real.ask('POST', `/v1/projects/${id}/reports`, {
            body: { noChange: true, note: mode === 'one key' ? key : `${key}/${i}` },
            key: mode === 'one key' ? key : `${key}/${i}`,
            ...(mode === 'one version' ? { ifMatch: project.version } : {})
          })
      )
      const answers = (await real.atOnce(requests)).filter(answer => answer !== 'died')
      const written = answers.filter(({ status, replayed }) => status === 201 && !replayed)
      const refused = answers.filter(({ status }) => status === 412)
      const replayed = answers.filter(one => one.replayed)
      const [many, others] = mode === 'free' ? [count, 0] : [1, count - 1]
      agree(
        `${mode}: written, refused, replayed`,
        [written.length, refused.length, replayed.length],
        [many, mode === 'one version' ? others : 0, mode === 'one key' ? others : 0]
      )
      const versions = written.map(({ version }) => version).toSorted((a, b) => a - b)
      agree(
        `${mode}: versions`,
        versions,
        Array.from({ length: many }, (_, i) => project.version + 1 + i)
      )
      for (const answer of replayed) agree('replayed version', answer.version, versions[0])
      const notes = written
        .toSorted((a, b) => a.version - b.version)
        .flatMap(({ events }) => events.flatMap(({ note }) => note ?? []))
      project.version += many
      project.notes.push(...notes)
      for (const answer of written) learnCases(project, answer)
    })
  )

const look = anyProject.map(id =>
  command(
    `look at ${id}`,
    () => true,
    async (model, real) => {
      const project = model.projects.get(id)
      const answer = await real.ask('GET', `/v1/projects/${id}`)
      if (answer === 'died') throw new DisagreementError('a reading died')
      agree(`reading of ${id}`, answer.status, project ? 200 : 404)
      if (!project) return
      const { version, state } = answer.body
      agree(`version of ${id}`, [version, state.status], [project.version, project.status])
      for (const [milestone, known] of project.milestones) {
        const { percentComplete = 0, actualFinish, cancelled } = state.progress[milestone] ?? {}
        agree(
          `${milestone} of ${id}`,
          [percentComplete, actualFinish, cancelled !== undefined],
          [known.percent, known.finish, known.cancelled === true]
        )
        agree(`first approval of ${milestone}`, state.original.dates[milestone].finish, firstFinishOf(milestone))
        const approved = project.moved.get(milestone) ?? firstFinishOf(milestone)
        agree(`approval of ${milestone}`, state.current.dates[milestone].finish, approved)
      }
      const history = await real.ask('GET', `/v1/projects/${id}/history?limit=200`)
      const commits: { readonly version: number; readonly events: readonly { type: string; note?: string }[] }[] =
        history === 'died' ? [] : history.body.commits.toReversed()
      if (project.version > 200) return
      agree(
        `history of ${id}`,
        commits.map(commit => commit.version),
        Array.from({ length: version }, (_, i) => i + 1)
      )
      const notes = commits.flatMap(({ events }) =>
        events.flatMap(({ type, note }) => (type === 'no-change-reported' ? [note] : []))
      )
      agree(`notes of ${id}`, notes, project.notes)
    }
  )
)

const tokens = fc
  .tuple(anyProject, anyProject, fc.constantFrom('issue', 'use', 'revoke'), fc.nat())
  .map(([own, other, act, at]) =>
    command(
      `${act} a token of ${own} on ${other}`,
      model => isRegistered(other)(model) && (act === 'issue' || model.tokens.length > 0),
      async (model, real) => {
        if (act === 'issue') {
          const answer = await real.ask('POST', '/v1/tokens', {
            body: { role: 'reporter', name: '填报员', projects: [other] }
          })
          agree('issue of a token', answer !== 'died' && answer.status, 201)
          if (answer !== 'died')
            model.tokens.push({ id: answer.body.id, token: answer.body.token, project: other, revoked: false })
          return
        }
        const held = model.tokens[at % model.tokens.length]
        if (!held) return
        if (act === 'revoke') {
          const answer = await real.ask('DELETE', `/v1/tokens/${held.id}`)
          agree('revocation', answer !== 'died' && answer.status, 204)
          held.revoked = true
          return
        }
        const project = model.projects.get(other)
        const answer = await real.ask('POST', `/v1/projects/${other}/reports`, {
          body: { noChange: true, note: held.id },
          token: held.token
        })
        const expected = held.revoked ? 401 : held.project === other ? 201 : 403
        agree('use of a token', answer !== 'died' && answer.status, expected)
        if (answer === 'died' || expected !== 201 || !project) return
        project.version += 1
        project.notes.push(held.id)
        learnCases(project, answer)
      }
    )
  )

/** Everything that people do, in any order. */
export const anyCommands = (most: number): fc.Arbitrary<Iterable<Command>> =>
  fc.commands(
    [
      putPlan,
      importPlan,
      reportPercent,
      reportFinish,
      reportRed,
      correct,
      pauseOrResume,
      cancel,
      moveBaseline,
      actOnCase,
      repeat,
      atOnce,
      look,
      tokens
    ],
    { maxCommands: most, size: 'max' }
  )
