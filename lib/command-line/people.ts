import type { BodyOf, Schemas } from '@capital-project-tracker/client'
import type { Command } from 'commander'
import { readJson } from './assess.ts'
import { asked, bodyFromFile, connect, type RemoteOptions, remote } from './connection.ts'
import { print, table } from './output.ts'

/** Commands on the directory: who hears what, and where. */
export const addPeople = (program: Command): void => {
  const people = program.command('people').description('the directory of who hears what / 通讯录')
  remote(people.command('list').description('everybody / 全部')).action(async (options: RemoteOptions) => {
    const { people: everybody } = await asked((await connect(options)).GET('/v1/people'))
    print(everybody, options.json, () => table(everybody.map(rowOf)))
  })
  remote(people.command('show').argument('<id>').description('one person / 一人')).action(
    async (id: string, options: RemoteOptions) => {
      const person = await asked((await connect(options)).GET('/v1/people/{id}', { params: { path: { id } } }))
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
    const body = bodyFromFile<BodyOf<'/v1/people/{id}', 'put'>>(await readJson(file))
    const tracker = await connect(options)
    const person = await asked(tracker.PUT('/v1/people/{id}', { params: { path: { id } }, body }))
    print(person, options.json, () => rowOf(person).join('  '))
  })
  remote(people.command('remove').argument('<id>').description('remove a person / 去掉')).action(
    async (id: string, options: RemoteOptions) => {
      await asked((await connect(options)).DELETE('/v1/people/{id}', { params: { path: { id } } }))
      print({ id, removed: true }, options.json, () => `${id} removed`)
    }
  )
}

const rowOf = ({ id, name, position, unit, projects = [], towns = [] }: Schemas['Person']) => [
  id,
  position,
  name,
  [...(unit === undefined ? [] : [unit]), ...towns, ...projects].join(' ')
]
