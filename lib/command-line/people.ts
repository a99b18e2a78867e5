import type { BodyOf, Schemas } from '@capital-project-tracker/client'
import type { Command } from 'commander'
import { positionWords } from '../../functions/pages/case-words.ts'
import { readJson } from './assess.ts'
import { asked, bodyFromFile, connect, type RemoteOptions, remote } from './connection.ts'
import { withExamples } from './help.ts'
import { both, print, tableOf } from './output.ts'

/** Commands on the directory: who hears what, and where. */
export const addPeople = (program: Command): void => {
  const people = program.command('people').description('通讯录 / the directory of who hears what')
  remote(withExamples(people.command('list').description('全部 / everybody'), ['tracker people list'])).action(
    async (options: RemoteOptions) => {
      const { people: everybody } = await asked((await connect(options)).GET('/v1/people'))
      print(everybody, options.json, () =>
        tableOf(['编号 id', '职务 position', '姓名 name', '范围 for'], everybody.map(rowOf))
      )
    }
  )
  remote(
    withExamples(people.command('show').argument('<id>', '编号 / id').description('一人 / one person'), [
      'tracker people show director'
    ])
  ).action(async (id: string, options: RemoteOptions) => {
    const person = await asked((await connect(options)).GET('/v1/people/{id}', { params: { path: { id } } }))
    print(person, options.json, () => rowOf(person).join('  '))
  })
  remote(
    withExamples(
      people
        .command('put')
        .argument('<id>', '编号 / id')
        .argument(
          '<file>',
          '一人的 JSON:name、position、unit、projects、towns、reach、quietHours / entry as JSON: name, position, unit, projects, towns, reach, quietHours'
        )
        .description('登记或更改一人 / enter or change a person'),
      ['tracker people put director director.json']
    )
  ).action(async (id: string, file: string, options: RemoteOptions) => {
    const body = bodyFromFile<BodyOf<'/v1/people/{id}', 'put'>>(await readJson(file))
    const tracker = await connect(options)
    const person = await asked(tracker.PUT('/v1/people/{id}', { params: { path: { id } }, body }))
    print(person, options.json, () => rowOf(person).join('  '))
  })
  remote(
    withExamples(people.command('remove').argument('<id>', '编号 / id').description('去掉一人 / remove a person'), [
      'tracker people remove director'
    ])
  ).action(async (id: string, options: RemoteOptions) => {
    await asked((await connect(options)).DELETE('/v1/people/{id}', { params: { path: { id } } }))
    print({ id, removed: true }, options.json, () => `${id} 已去掉 / removed`)
  })
}

const rowOf = ({ id, name, position, unit, projects = [], towns = [] }: Schemas['Person']) => [
  id,
  both(positionWords[position]),
  name,
  [...(unit === undefined ? [] : [unit]), ...towns, ...projects].join(' ')
]
