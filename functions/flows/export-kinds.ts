/** The forms in which projects leave the tracker: Excel ledger, a file of Microsoft Project, OC4IDS JSON, a calendar. */
export const exportKinds = ['ledger', 'mspdi', 'oc4ids', 'ics'] as const

/** One of {@link exportKinds}. */
export type ExportKind = (typeof exportKinds)[number]
