import { type CompletionNode, gathered, quotedPlaces, type Value } from './completion-tree.ts'

/** The completion of the command line for fish. */
export const fishCompletion = (nodes: readonly CompletionNode[]): string => `# tracker completion fish | source
function __tracker_at
    set -l at ''
    for word in (commandline -opc)[2..]
        switch "$at $word"
            case ${quotedPlaces(nodes).join(' ')}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c tracker -f
${nodes.flatMap(linesOf).join('\n')}
`

const linesOf = (node: CompletionNode): readonly string[] => {
  const here = `complete -c tracker -n ${quoted(`__tracker_at '${gathered(node)}'`)}`
  return [
    ...node.children.map(({ name, description }) => `${here} -a ${name} -d ${quoted(description)}`),
    ...node.options.map(
      ({ name, value, description }) => `${here} -l ${name.slice(2)}${taking(value)} -d ${quoted(description)}`
    ),
    ...node.values.map(value => offer(here, value)).filter(line => line !== '')
  ]
}

const taking = (value: Value | undefined): string => {
  switch (value?.type) {
    case undefined:
      return ''
    case 'choices':
      return ` -x -a ${quoted(value.choices.join(' '))}`
    case 'file':
      return ' -r -F'
    case 'free':
      return ' -x'
  }
}

const offer = (here: string, value: Value): string => {
  switch (value.type) {
    case 'choices':
      return `${here} -a ${quoted(value.choices.join(' '))}`
    case 'file':
      return `${here} -F`
    case 'free':
      return ''
  }
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
