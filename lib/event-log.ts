import type { Construct } from 'constructs'
import { tables } from './tables.ts'
import { TrackerTable } from './tracker-table.ts'

/** The log of commits, the one truth: it outlives its stack, and any second of the last 35 days can be restored. */
export class EventLog extends TrackerTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, { definition: tables.log, worth: 'truth' })
  }
}
