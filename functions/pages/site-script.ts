/**
 * `assets/site.js`, without which nothing is lost. It greys a page whose data are more than 48 hours old, counted from
 * the end of the data date in China (UTC+8), and says so; pages on a demonstration clock carry no data date for it. It
 * lets the table of the overview be sorted by its heads and narrowed by words; a colour that the address asks for stays.
 */
export const siteScript = `(() => {
'use strict'
const greyWhenOld = () => {
  const { dataDate } = document.body.dataset
  if (!dataDate) return
  const [year, month, day] = dataDate.split('-').map(Number)
  const ended = Date.UTC(year, month - 1, day + 1) - 8 * 3600000
  if (Date.now() - ended <= 48 * 3600000) return
  document.body.classList.add('old')
  for (const note of document.querySelectorAll('.outdated')) note.hidden = false
}

const make = (name, properties, ...inside) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...inside)
  return made
}

const sortable = table => {
  const body = table.tBodies[0]
  const heads = [...table.tHead.rows[0].cells]
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare
  const keyOf = (row, column) => {
    const cell = row.cells[column]
    const figure = cell.querySelector('b, time')
    return (figure?.dateTime ?? (figure ?? cell).textContent).trim()
  }
  const sort = column => {
    const upwards = heads[column].getAttribute('aria-sort') !== 'ascending'
    for (const head of heads) head.removeAttribute('aria-sort')
    heads[column].setAttribute('aria-sort', upwards ? 'ascending' : 'descending')
    const rows = [...body.rows].sort((a, b) => compare(keyOf(a, column), keyOf(b, column)))
    body.append(...(upwards ? rows : rows.reverse()))
  }
  heads.forEach((head, column) => {
    head.replaceChildren(make('button', { type: 'button', onclick: () => sort(column) }, ...head.childNodes))
  })
}

const searchable = table => {
  const { search } = table.dataset
  const find = make('input', {
    type: 'search',
    oninput: () => {
      const words = find.value.toLowerCase().split(/\\s+/)
      for (const row of table.tBodies[0].rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word))
    }
  })
  table.before(make('label', { className: 'find' }, search, find))
}

greyWhenOld()
for (const table of document.querySelectorAll('table[data-search]')) {
  // On a telephone the rows are cards without heads.
  if (matchMedia('(min-width: 62.01em)').matches) sortable(table)
  searchable(table)
}
})()
`
