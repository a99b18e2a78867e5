import { sameJson } from '../core/json.ts'
import { changeBureau } from '../flows/change-bureau.ts'
import { personIdSchema, personSchema } from '../schema/bureau.ts'
import { errorsOfIssues } from './field-errors.ts'
import { noBody, noQuery, type Route, route } from './route.ts'

const nobody = { problem: { code: 'person-not-found' as const } }

/** Operations on the directory of people: who hears what, and where. */
export const peopleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/people',
    operationId: 'listPeople',
    audience: 'leader',
    summary: { zh: '通讯录', en: 'The directory' },
    query: noQuery,
    body: noBody,
    success: { status: 200, description: 'By id', reply: 'people' },
    handle: async (_request, { bureau }) => {
      const { people } = (await bureau.load()).bureau
      return { status: 200, body: { people: Object.values(people).toSorted((a, b) => (a.id < b.id ? -1 : 1)) } }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/people/{id}',
    operationId: 'readPerson',
    audience: 'leader',
    summary: { zh: '通讯录中的一人', en: 'One person of the directory' },
    query: noQuery,
    body: noBody,
    success: { status: 200, description: 'As entered', reply: 'person' },
    problems: ['person-not-found'],
    handle: async ({ params: { id = '' } }, { bureau }) => {
      const { people } = (await bureau.load()).bureau
      const person = Object.hasOwn(people, id) ? people[id] : undefined
      return person ? { status: 200, body: person } : nobody
    }
  }),
  route({
    method: 'PUT',
    path: '/v1/people/{id}',
    operationId: 'enterPerson',
    audience: 'admin',
    summary: { zh: '登记或更改一人', en: 'Enter a person, or change an entry' },
    query: noQuery,
    body: personSchema,
    success: { status: 200, description: 'Entered', reply: 'person' },
    problems: ['busy'],
    handle: async ({ params: { id = '' }, body, grant }, deps) => {
      if (!grant) return { problem: { code: 'not-authenticated' } }
      const named = personIdSchema.safeParse(id, { reportInput: true })
      if (!named.success) return { problem: { code: 'not-valid', errors: errorsOfIssues(named.error.issues, '{id}') } }
      const person = { id, ...body }
      const by = { id: grant.id, role: grant.role }
      await changeBureau(
        ({ people }) => (sameJson(people[id], person) ? [] : [{ type: 'person-entered', person }]),
        by,
        deps
      )
      return { status: 200, body: person }
    }
  }),
  route({
    method: 'DELETE',
    path: '/v1/people/{id}',
    operationId: 'removePerson',
    audience: 'admin',
    summary: { zh: '从通讯录中去掉一人', en: 'Remove a person from the directory' },
    query: noQuery,
    body: noBody,
    success: { status: 204, description: 'Removed' },
    problems: ['person-not-found', 'busy'],
    handle: async ({ params: { id = '' }, grant }, deps) => {
      const { people } = (await deps.bureau.load()).bureau
      if (!grant || !Object.hasOwn(people, id)) return nobody
      const by = { id: grant.id, role: grant.role }
      await changeBureau(
        bureau => (Object.hasOwn(bureau.people, id) ? [{ type: 'person-removed', personId: id }] : []),
        by,
        deps
      )
      return { status: 204 }
    }
  })
]
