import type { Author } from '../core/author.ts'
import type { Command } from '../core/commands.ts'
import { dateInShanghai } from '../core/dates.ts'
import { decide } from '../core/decide.ts'
import type { Commit } from '../core/events.ts'
import { fold } from '../core/evolve.ts'
import type { Clock, EventLog, SealedCommit } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Rules } from '../core/rules.ts'
import type { AnsweredRequest, ProjectState, TrackedProject } from '../core/state.ts'

/** What executing a command needs. */
export interface ExecuteDeps {
  readonly log: EventLog
  readonly rules: Rules
  readonly clock: Clock
}

/** A command with who asks and under which conditions. */
export interface CommandRequest {
  readonly project: string
  readonly command: Command
  readonly by: Author
  /** The sender's Idempotency-Key with a hash of everything asked under it. */
  readonly idempotency?: { readonly key: string; readonly hash: string } | undefined
  /** Version that the sender has seen; the command is only executed on it, or on `any` that there is. */
  readonly ifVersion?: number | 'any' | undefined
}

/** What came of a command. `commit` is absent when nothing had to change. */
export type Execution =
  | {
      readonly type: 'accepted'
      readonly state: TrackedProject
      readonly commit?: SealedCommit | undefined
      /** The answer to an earlier request under the same key. */
      readonly replayed: boolean
    }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'key-reused' }
  | { readonly type: 'version-conflict'; readonly version: number }
  | { readonly type: 'busy' }

/** A writer that lost this often against others gives up; the sender may try again. */
const mostAttempts = 12
const longestWait = 400

/**
 * A command that has stood in line for so many milliseconds gives up too. Whoever sent it is about to be told that it took
 * too long (`timeoutSeconds` of the API), and what was not acknowledged had better not be written after all.
 */
const longestInLine = 10_000

/**
 * Executes a command on a project: one query of its log, one conditional put. Whoever writes first wins; the other reads
 * again and decides anew, unless the sender asked for a version. Commands of one process on one project queue up, so
 * that they do not run against each other.
 */
export const execute = (request: CommandRequest, deps: ExecuteDeps): Promise<Execution> =>
  inTurn(request.project, waited => (waited > longestInLine ? { type: 'busy' } : attempt(request, deps, 1)))

const attempt = async (request: CommandRequest, deps: ExecuteDeps, tries: number): Promise<Execution> => {
  const { log, rules, clock } = deps
  const { project, command, by, idempotency, ifVersion } = request
  const { state, hash } = await log.load(project)
  const key = idempotency && keyOf(by, idempotency.key)

  const answered = idempotency && answeredRequest(state, by, idempotency.key)
  if (answered)
    return answered.hash === idempotency.hash ? replay(project, answered.version, log) : { type: 'key-reused' }
  if (ifVersion !== undefined && !(ifVersion === 'any' ? state.version > 0 : ifVersion === state.version)) {
    // Of a project that is not, nobody wrote another version (RFC 9110 §13.2.1: what fails without the condition, fails).
    if (state.status !== 'unregistered' || command.type === 'register-project')
      return { type: 'version-conflict', version: state.version }
  }

  const at = clock.now()
  const today = dateInShanghai(at)
  const decision = decide(command, state, rules, today)
  if (!decision.ok) return { type: 'refused', refusal: decision.refusal }
  // Nothing to write, unless the sender may ask again: then the answer is remembered by a commit without events.
  if (decision.events.length === 0 && state.status !== 'unregistered' && !idempotency)
    return { type: 'accepted', state, replayed: false }

  const commit: Commit = {
    project,
    version: state.version + 1,
    events: decision.events,
    by,
    at,
    date: today,
    nonce: crypto.randomUUID(),
    ...(idempotency && key !== undefined ? { request: { key, hash: idempotency.hash } } : {})
  }
  const after = fold(state, [commit])
  if (after.status === 'unregistered') throw new Error(`${project}: the first commit registers nothing`)
  const result = await log.append(commit, hash, after)
  if (result.type === 'appended') return { type: 'accepted', state: after, commit: result.commit, replayed: false }
  if (tries >= mostAttempts) return { type: 'busy' }
  await wait(Math.random() * Math.min(longestWait, 10 * 2 ** tries))
  return attempt(request, deps, tries + 1)
}

/** The commit that answered a request under this key of its sender, while it is remembered. */
export const answeredRequest = (state: ProjectState, by: Author, key: string): AnsweredRequest | undefined =>
  state.status === 'unregistered' ? undefined : state.requests.findLast(known => known.key === keyOf(by, key))

/** Two senders may choose the same key. */
const keyOf = (by: Author, key: string): string => `${by.id}/${key}`

/** The first answer again, from the log: what was true then. */
const replay = async (project: string, version: number, log: EventLog): Promise<Execution> => {
  const [{ state }, [commit]] = await Promise.all([
    log.load(project, version),
    log.commits(project, { after: version - 1, before: version + 1 })
  ])
  if (state.status === 'unregistered')
    throw new Error(`${project}: version ${version} is in the state but not in the log`)
  return { type: 'accepted', state, commit, replayed: true }
}

const queues = new Map<string, Promise<unknown>>()

/** `work` is told how long it has stood in line, in milliseconds. */
const inTurn = async <Result>(project: string, work: (waited: number) => Result | Promise<Result>): Promise<Result> => {
  const before = queues.get(project) ?? Promise.resolve()
  const since = performance.now()
  const next = () => work(performance.now() - since)
  const mine = before.then(next, next)
  queues.set(project, mine)
  try {
    return await mine
  } finally {
    if (queues.get(project) === mine) queues.delete(project)
  }
}

const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))
