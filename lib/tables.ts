/** A table as plain data: the stack makes it in the cloud, the local runtime and the tests in the embedded engine. */
export interface TableDefinition {
  /** Environment variable that tells a function the name of the table. */
  readonly variable: string
  readonly partitionKey: TableKey
  readonly sortKey?: TableKey
  /** What the change feed carries; a table without it has no feed. */
  readonly stream?: 'NEW_AND_OLD_IMAGES'
  /** Attribute with the second, since 1970, after which an item may be deleted. */
  readonly timeToLive?: string
}

/** Name and type (`S` text, `N` number) of a key attribute. */
export interface TableKey {
  readonly name: string
  readonly type: 'S' | 'N'
}

/** Every table of the tracker: `log` is the truth, `state` a cache of it, `delivery` and `access` stand alone. */
export const tables = {
  log: {
    variable: 'LOG_TABLE',
    partitionKey: { name: 'project', type: 'S' },
    sortKey: { name: 'version', type: 'N' },
    stream: 'NEW_AND_OLD_IMAGES'
  },
  state: {
    variable: 'STATE_TABLE',
    partitionKey: { name: 'project', type: 'S' },
    stream: 'NEW_AND_OLD_IMAGES'
  },
  delivery: {
    variable: 'DELIVERY_TABLE',
    partitionKey: { name: 'key', type: 'S' },
    timeToLive: 'expiresAt'
  },
  access: {
    variable: 'ACCESS_TABLE',
    partitionKey: { name: 'id', type: 'S' },
    timeToLive: 'endsAt'
  }
} as const satisfies Readonly<Record<string, TableDefinition>>

/** A table by its part in the tracker. */
export type TableName = keyof typeof tables
