import type { Argument, Command, Option } from 'commander'

/** What may stand in a place of the command line. */
export type Value =
  | { readonly type: 'choices'; readonly choices: readonly string[] }
  | { readonly type: 'file' }
  | { readonly type: 'free' }

/** A word with what it is for. */
export interface Word {
  readonly name: string
  readonly description: string
}

/** An option; one without value is a switch. */
export interface CompletionOption extends Word {
  readonly value: Value | undefined
}

/** A place in the tree of commands: what may follow the words that lead there. */
export interface CompletionNode {
  readonly words: readonly string[]
  readonly children: readonly Word[]
  readonly options: readonly CompletionOption[]
  readonly values: readonly Value[]
}

/** The words that lead to a node as the scripts gather them: each behind a space. */
export const gathered = ({ words }: CompletionNode): string => words.map(word => ` ${word}`).join('')

/** The same of every node but the root, quoted for a shell. */
export const quotedPlaces = (nodes: readonly CompletionNode[]): readonly string[] =>
  nodes.filter(({ words }) => words.length > 0).map(node => `'${gathered(node)}'`)

/** Every place in a tree of commands, its root first. */
export const completionNodes = (command: Command, words: readonly string[] = []): readonly CompletionNode[] => [
  {
    words,
    children: command.commands.map(child => ({ name: child.name(), description: firstLanguage(child.description()) })),
    options: [...command.options.flatMap(optionOf), { name: '--help', description: '显示帮助', value: undefined }],
    values: command.registeredArguments.map(placedValue)
  },
  ...command.commands.flatMap(child => completionNodes(child, [...words, child.name()]))
]

const optionOf = (option: Option): readonly CompletionOption[] =>
  option.long
    ? [
        {
          name: option.long,
          description: firstLanguage(option.description),
          value: option.required || option.optional ? placedValue(option) : undefined
        }
      ]
    : []

/** Places that the help calls a file or a folder are completed from the file system. */
const placedValue = (place: Option | Argument): Value => {
  if (place.argChoices) return { type: 'choices', choices: place.argChoices }
  const named = 'flags' in place ? place.flags : place.name()
  return /\b(file|dir|output)\b/.test(named) ? { type: 'file' } : { type: 'free' }
}

/** Descriptions are in both languages; beside a word there is room for one. */
const firstLanguage = (description: string): string => description.split(' / ')[0] ?? ''
