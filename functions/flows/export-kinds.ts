/** The forms in which projects leave the tracker: Excel ledger, its milestones as CSV, a file of Microsoft Project, OC4IDS JSON, a calendar. */
export const exportKinds = ['ledger', 'ledger-csv', 'mspdi', 'oc4ids', 'ics'] as const

/** One of {@link exportKinds}. */
export type ExportKind = (typeof exportKinds)[number]
