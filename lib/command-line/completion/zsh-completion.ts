import { type CompletionNode, gathered, quotedPlaces, type Value, type Word } from './completion-tree.ts'

/** The completion of the command line for zsh. */
export const zshCompletion = (nodes: readonly CompletionNode[]): string => `#compdef tracker
# source <(tracker completion zsh)
_tracker() {
  local cur=\${words[CURRENT]} prev=\${words[CURRENT-1]} at='' i
  local -a known
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
      ${quotedPlaces(nodes).join('|')}) at="$at \${words[i]}" ;;
    esac
  done
  case "$at $prev" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${nodes.map(nodeCase).join('\n')}
  esac
}
compdef _tracker tracker
`

const valueCases = (node: CompletionNode): readonly string[] =>
  node.options.flatMap(({ name, value }) =>
    value === undefined ? [] : [`    '${gathered(node)} ${name}') ${offerOf([], [value])}; return ;;`]
  )

const nodeCase = (node: CompletionNode): string => `    '${gathered(node)}')
      if [[ $cur == -* ]]; then ${offerOf(node.options, [])}
      else ${offerOf(node.children, node.values)}; fi ;;`

const offerOf = (described: readonly Word[], values: readonly Value[]): string => {
  const choices = values.flatMap(value => (value.type === 'choices' ? value.choices : []))
  const words = [...described.map(({ name, description }) => quoted(`${name}:${description}`)), ...choices.map(quoted)]
  if (words.length > 0) return `known=(${words.join(' ')}); _describe tracker known`
  return values.some(({ type }) => type === 'file') ? '_files' : ':'
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\\\''")}'`
