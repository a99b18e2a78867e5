import { h } from 'preact'
import { render } from 'preact-render-to-string'
import type { TableRenderer } from './table.ts'

/** Preact's elements, written as JSX would compile to, rendered to a string. */
export const preact: TableRenderer = ({ caption, heads, rows }) =>
  render(
    h('table', { class: 'milestones' }, [
      h('caption', null, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          heads.map(head => h('th', { scope: 'col' }, head))
        )
      ),
      h(
        'tbody',
        null,
        rows.map(row =>
          h('tr', { class: row.status }, [
            h('th', { scope: 'row' }, [
              h('b', null, row.id),
              ' ',
              row.name,
              row.critical && [' ', h('i', null, '关键')]
            ]),
            h('td', null, row.status),
            h('td', null, row.original),
            h('td', null, row.current),
            h('td', null, row.forecast),
            h('td', { class: 'figure' }, row.variance),
            h('td', { class: 'figure' }, row.float),
            h('td', null, row.driver)
          ])
        )
      )
    ])
  )
