import { Eta } from 'eta'
import type { TableRenderer } from './table.ts'

const template = new Eta({ autoTrim: false }).compile(
  `<table class="milestones"><caption><%= it.caption %></caption><thead><tr><% for (const head of it.heads) { %><th scope="col"><%= head %></th><% } %></tr></thead><tbody><% for (const row of it.rows) { %><tr class="<%= row.status %>"><th scope="row"><b><%= row.id %></b> <%= row.name %><% if (row.critical) { %> <i>关键</i><% } %></th><td><%= row.status %></td><td><%= row.original %></td><td><%= row.current %></td><td><%= row.forecast %></td><td class="figure"><%= row.variance %></td><td class="figure"><%= row.float %></td><td><%= row.driver %></td></tr><% } %></tbody></table>`
)
const engine = new Eta({ autoTrim: false })

/** Eta's templates, compiled beforehand. */
export const eta: TableRenderer = table => engine.render(template, table)
