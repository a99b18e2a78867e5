import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { bashCompletion } from '../../lib/command-line/completion/bash-completion.ts'
import { completionNodes } from '../../lib/command-line/completion/completion-tree.ts'
import { fishCompletion } from '../../lib/command-line/completion/fish-completion.ts'
import { zshCompletion } from '../../lib/command-line/completion/zsh-completion.ts'
import { trackerProgram } from '../../lib/command-line/program.ts'

const nodes = completionNodes(trackerProgram())

/** How a shell is asked what may stand in the place of the last word. */
const shells: Readonly<Record<string, (words: readonly string[]) => string>> = {
  bash: words => `${bashCompletion(nodes)}
COMP_WORDS=(${words.map(quoted).join(' ')}); COMP_CWORD=${words.length - 1}
_tracker; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // What the completion system would match against the word is printed in its place.
  zsh: words => `compdef() { : }
_describe() { print -l -- \${\${(P)2}%%:*} }
_files() { ls }
${zshCompletion(nodes)}
words=(${words.map(quoted).join(' ')}); CURRENT=${words.length}
_tracker`,
  fish: words => `${fishCompletion(nodes)}
complete -C ${quoted(words.join(' '))}`
}

const quoted = (text: string): string => `'${text}'`

const isAtHand = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0

for (const shell of Object.keys(shells))
  if (!isAtHand(shell)) process.stdout.write(`no ${shell} on this machine: its completion is not tested\n`)

describe.each(Object.entries(shells).filter(([shell]) => isAtHand(shell)))('%s', (shell, script) => {
  const offered = (...words: string[]): readonly string[] => {
    const { status, stdout, stderr } = spawnSync(shell, ['-c', script(['tracker', ...words])], {
      encoding: 'utf8',
      cwd: import.meta.dirname
    })
    expect([status, stderr]).toEqual([0, ''])
    const last = words.at(-1) ?? ''
    const names = stdout.split('\n').map(line => line.split('\t')[0] ?? '')
    return names.filter(name => name !== '' && name.startsWith(last)).toSorted()
  }

  it('completes commands and the commands below them', () => {
    expect(offered('re')).toEqual(['rebuild', 'replay', 'report', 'restore', 'review'])
    expect(offered('case', '')).toEqual(['acknowledge', 'close', 'list', 'rule', 'show', 'silence'])
  })

  it('completes options, also behind arguments and other options', () => {
    expect(offered('report', 'no39-north', 'A6', '--note', 'x', '--f')).toEqual(['--file', '--forecast-finish'])
    expect(offered('case', 'list', '--st')).toEqual(['--status'])
    expect(offered('case', 'show', '--st')).toEqual([])
  })

  it('completes values of options and of arguments', () => {
    expect(offered('report', '--delay', 'F')).toEqual(['FORCE', 'FUND'])
    expect(offered('export', '')).toEqual(expect.arrayContaining(['ics', 'ledger', 'mspdi', 'oc4ids']))
    expect(offered('report', '--file', 'completion')).toEqual(['completion.test.ts'])
    expect(offered('report', '--note', '')).toEqual([])
  })
})
