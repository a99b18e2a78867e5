import { type CompletionNode, gathered, quotedPlaces, type Value } from './completion-tree.ts'

/** The completion of the command line for bash. */
export const bashCompletion = (nodes: readonly CompletionNode[]): string => `# source <(tracker completion bash)
_tracker() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${quotedPlaces(nodes).join('|')}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $prev" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${nodes.map(nodeCase).join('\n')}
  esac
}
complete -F _tracker tracker
`

const valueCases = (node: CompletionNode): readonly string[] =>
  node.options.flatMap(({ name, value }) =>
    value === undefined ? [] : [`    '${gathered(node)} ${name}') ${replyOf([value])}; return ;;`]
  )

const nodeCase = (node: CompletionNode): string => {
  const options = node.options.map(({ name }) => name)
  const words: Value = { type: 'choices', choices: node.children.map(({ name }) => name) }
  return `    '${gathered(node)}')
      if [[ $cur == -* ]]; then ${replyOf([{ type: 'choices', choices: options }])}
      else ${replyOf([words, ...node.values])}; fi ;;`
}

const replyOf = (values: readonly Value[]): string => {
  const words = values.flatMap(value => (value.type === 'choices' ? value.choices : []))
  if (words.length > 0) return `mapfile -t COMPREPLY < <(compgen -W '${words.join(' ')}' -- "$cur")`
  return values.some(({ type }) => type === 'file') ? 'mapfile -t COMPREPLY < <(compgen -f -- "$cur")' : ':'
}
