import type { Command } from 'commander'

/** A command that does something, with the words that lead to it. */
export interface Leaf {
  readonly words: readonly string[]
  readonly command: Command
}

/** Every command of a tree that does something itself, in the order of its help. */
export const leavesOf = (command: Command, words: readonly string[] = []): readonly Leaf[] =>
  command.commands.length === 0
    ? [{ words, command }]
    : command.commands.flatMap(child => leavesOf(child, [...words, child.name()]))
