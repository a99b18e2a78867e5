import * as z from 'zod'
import type { Person } from '../../functions/core/people.ts'
import { personIdSchema, personSchema } from '../../functions/schema/bureau.ts'
import peopleFile from './people.json' with { type: 'json' }

const entries = z.array(z.looseObject({ id: personIdSchema }))

/** The directory of the demonstration: invented people, each marked as such by name, who have the projects' invented roles. */
export const demonstrationPeople: readonly Person[] = entries
  .parse(peopleFile)
  .map(({ id, ...entry }) => ({ id, ...personSchema.parse(entry) }))
