import { describe, expect, it } from 'vitest'
import { leavesOf } from '../../lib/command-line/leaves.ts'
import { tableOf } from '../../lib/command-line/output.ts'
import { trackerProgram } from '../../lib/command-line/program.ts'
import { typed } from './typed.ts'

const helpOf = (command: ReturnType<typeof trackerProgram>): string => {
  let help = ''
  command.configureOutput({ writeOut: text => (help += text) }).outputHelp()
  return help
}

describe.each(leavesOf(trackerProgram()).map(({ words, command }) => [words.join(' '), command] as const))(
  'tracker %s',
  (name, command) => {
    const help = helpOf(command)

    it('shows in its help how it is typed, and can be typed so', async () => {
      const examples = help
        .split('\n')
        .map(line => line.trim())
        .filter(line => line.startsWith('tracker '))
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) {
        expect(example).toContain(`tracker ${name}`)
        await typed(example)
      }
    })

    it('explains itself and each of its options in both languages, and answers programs', () => {
      const places = [...command.options, ...command.registeredArguments]
      for (const text of [command.description(), ...places.map(({ description }) => description)])
        expect(text).toMatch(/^.*\p{Script=Han}.* \/ .+$/u)
      expect(command.options.map(({ long }) => long)).toContain('--json')
    })
  }
)

it('the commands of the contract are there', () => {
  const names = trackerProgram().commands.map(command => command.name())
  expect(names).toEqual(
    expect.arrayContaining(
      'assess review calendar import export report project case token rebuild verify backup restore site replay forecast changes'.split(
        ' '
      )
    )
  )
})

it('a table stays aligned under characters of any width', () => {
  const rows = [
    ['枣庄二中', '1'],
    ['𠮷田', '2'],
    ['a–b', '3'],
    ['〔2021〕第1号', '4']
  ]
  const [head, ...lines] = tableOf(['名称 name', 'n'], rows).split('\n')
  expect(head).toBe('名称 name      n')
  expect(lines).toEqual(['枣庄二中       1', '𠮷田           2', 'a–b            3', '〔2021〕第1号  4'])
})
