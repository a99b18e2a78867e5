import type { Command } from 'commander'
import * as z from 'zod'
import { readJson } from './assess.ts'
import { print, table } from './output.ts'
import { call, type RemoteOptions, remote } from './remote.ts'

const personSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  position: z.string(),
  unit: z.string().optional(),
  projects: z.array(z.string()).optional(),
  towns: z.array(z.string()).optional()
})

type PersonReply = z.output<typeof personSchema>

/** Commands on the directory: who hears what, and where. */
export const addPeople = (program: Command): void => {
  const people = program.command('people').description('the directory of who hears what / 通讯录')
  remote(people.command('list').description('everybody / 全部')).action(async (options: RemoteOptions) => {
    const reply = z.object({ people: z.array(personSchema) }).parse(await call(options, 'GET', '/v1/people'))
    print(reply.people, options.json, () => table(reply.people.map(rowOf)))
  })
  remote(people.command('show').argument('<id>').description('one person / 一人')).action(
    async (id: string, options: RemoteOptions) => {
      const person = personSchema.parse(await call(options, 'GET', addressOf(id)))
      print(person, options.json, () => rowOf(person).join('  '))
    }
  )
  remote(
    people
      .command('put')
      .argument('<id>')
      .argument('<file>', 'entry as JSON: name, position, unit, projects, towns, reach, quietHours')
      .description('enter or change a person / 登记或更改')
  ).action(async (id: string, file: string, options: RemoteOptions) => {
    const person = personSchema.parse(await call(options, 'PUT', addressOf(id), await readJson(file)))
    print(person, options.json, () => rowOf(person).join('  '))
  })
  remote(people.command('remove').argument('<id>').description('remove a person / 去掉')).action(
    async (id: string, options: RemoteOptions) => {
      await call(options, 'DELETE', addressOf(id))
      print({ id, removed: true }, options.json, () => `${id} removed`)
    }
  )
}

const addressOf = (id: string): string => `/v1/people/${encodeURIComponent(id)}`

const rowOf = ({ id, name, position, unit, projects = [], towns = [] }: PersonReply) => [
  id,
  position,
  name,
  [...(unit === undefined ? [] : [unit]), ...towns, ...projects].join(' ')
]
