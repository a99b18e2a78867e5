/** A row of the table of milestones, in words: what every library is given. */
export interface TableRow {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly critical: boolean
  readonly original: string
  readonly current: string
  readonly forecast: string
  readonly variance: string
  readonly float: string
  readonly driver: string
}

/** The table of one project. */
export interface Table {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly TableRow[]
}

/** Renders a table to HTML, escaping every word of it. */
export type TableRenderer = (table: Table) => string
