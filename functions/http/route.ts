import * as z from 'zod'
import type { Access, AccessGrant, Authorisation, GuessLimit, Sessions } from '../core/access.ts'
import type { Role } from '../core/author.ts'
import type { BureauLog, Clock, DeliveryLog, EventLog, PhotoStore, StateStore } from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import type { Text } from '../core/text.ts'
import { decoding } from '../schema/decoding.ts'
import { errorsOfIssues } from './field-errors.ts'
import type { FieldError, Problem, ProblemCode, Reply } from './problems.ts'
import type { ReplyName } from './reply-table.ts'

/** Everything the API works with. */
export interface ApiDeps {
  readonly log: EventLog
  readonly bureau: BureauLog
  readonly store: StateStore
  readonly access: Access
  readonly sessions: Sessions
  readonly guesses: GuessLimit
  readonly deliveries: Pick<DeliveryLog, 'list'>
  /** Absent where photographs are not taken. */
  readonly photos?: PhotoStore | undefined
  /** How callers prove who they are: by a bearer token, or by a signature of IAM that API Gateway verifies. */
  readonly authorisation: Authorisation
  readonly rules: Rules
  readonly clock: Clock
  /** A collision-free digest of a text. */
  readonly hash: (text: string) => string
  /** The clock stands still on a demonstration date. */
  readonly demonstrationClock: boolean
}

/** A request of a caller who may do what the route does; query and body as they came. */
export interface RawRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: unknown
  readonly body: unknown
  /** Media type of the body, lower case and without parameters; empty where there is none. */
  readonly mediaType: string
  /** Who asks; only a route open to anyone has none. */
  readonly grant: AccessGrant | undefined
  /** The token that was shown, whole; never to be kept or told. None where IAM authorises. */
  readonly bearer?: string | undefined
  /** Version of an If-Match header, or that there must be one at all. */
  readonly ifVersion: number | 'any' | undefined
  readonly idempotency: { readonly key: string; readonly hash: string } | undefined
}

/** The same with query and body decoded. */
export interface RouteRequest<Query, Body> extends RawRequest {
  readonly query: Query
  readonly body: Body
  /** The body as it came, to point into. */
  readonly sent: unknown
}

/** What a handler says: a reply, or a problem that is not the caller's to prevent by form alone. */
export type Outcome = Reply | { readonly problem: Problem }

/**
 * Who may call a route: anyone, or the bearers of a role. `admin` may call everything, every bearer what a viewer may; an
 * answer is a reporter's, of the project it is about, or a leader's.
 */
export type Audience = 'anyone' | Role | 'answerer'

/** A status that means yes. */
export interface Success {
  readonly status: number
  readonly description: string
  /** Types of an answer that is no JSON. */
  readonly media?: readonly string[] | undefined
}

/** What of a route everybody reads: the router, the decoder and the documentation. */
export interface RouteDeclaration {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/v1/${string}`
  readonly operationId: string
  readonly audience: Audience
  readonly summary: Text
  /** Media types of a body that is a file: its bytes are the body. JSON where absent. */
  readonly files?: readonly string[]
  /** The project that the `id` of the address belongs to, where it is not the project's own. */
  readonly projectOf?: (id: string) => string
  /** A write to a project: it takes an Idempotency-Key and If-Match. */
  readonly conditional?: boolean
  /** A write elsewhere that takes an Idempotency-Key. */
  readonly keyed?: boolean
  /** `reply` is the form of an answer that is JSON. */
  readonly success: Success & { readonly reply?: ReplyName; readonly also?: Success }
  /** Problems beside those that any request of its kind can have. */
  readonly problems?: readonly ProblemCode[]
}

/** One operation of the API. */
export interface Route extends RouteDeclaration {
  readonly query: z.ZodObject
  readonly body: z.ZodType
  /** Decodes query and body and does the work. */
  readonly run: (request: RawRequest, deps: ApiDeps) => Promise<Outcome>
}

/** The query of a route that takes none. */
export const noQuery = z.strictObject({})

/** The body of a route that takes a file. */
export const fileBody = z.instanceof(Uint8Array)

/** How many of a list to answer. */
export const limitSchema = z.coerce.number().int().min(1).max(200).default(50)

/** Where to go on in a list, as the page before said. */
export const cursorSchema = z.string().min(1).max(500).optional()

/** The body of a route that takes none. */
export const noBody = z.undefined()

/** Declares a route, holding its handler to what its schemas decode to. */
export const route = <Query extends z.ZodObject, Body extends z.ZodType>(
  declaration: RouteDeclaration & {
    readonly query: Query
    readonly body: Body
    readonly handle: (request: RouteRequest<z.output<Query>, z.output<Body>>, deps: ApiDeps) => Promise<Outcome>
  }
): Route => ({
  ...declaration,
  run: async (request, deps) => {
    const query = declaration.query.safeParse(request.query, { ...decoding(), reportInput: true })
    if (!query.success) return invalid(errorsOfIssues(query.error.issues, '?'))
    const body = declaration.body.safeParse(request.body, { ...decoding(), reportInput: true })
    if (!body.success) return invalid(errorsOfIssues(body.error.issues))
    return declaration.handle({ ...request, query: query.data, body: body.data, sent: request.body }, deps)
  }
})

const invalid = (errors: readonly FieldError[]): Outcome => ({
  problem: { code: 'not-valid', errors }
})

/** Which roles an audience lets in. */
export const rolesOf: Readonly<Record<Exclude<Audience, 'anyone'>, readonly Role[]>> = {
  viewer: ['viewer', 'reporter', 'leader', 'admin'],
  reporter: ['reporter', 'admin'],
  leader: ['leader', 'admin'],
  answerer: ['reporter', 'leader', 'admin'],
  admin: ['admin']
}
