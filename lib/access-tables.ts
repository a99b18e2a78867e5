import { Construct } from 'constructs'
import { tables } from './tables.ts'
import { TrackerTable } from './tracker-table.ts'

/** Who may call, and who has been told: the hashes of the tokens, and the ledger of deliveries. */
export class AccessTables extends Construct {
  /** Lost, every bearer would need a new token. */
  readonly access: TrackerTable
  /** Lost, people would be told again what they know. */
  readonly delivery: TrackerTable

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.access = new TrackerTable(this, 'Access', { definition: tables.access, worth: 'kept' })
    this.delivery = new TrackerTable(this, 'Delivery', { definition: tables.delivery, worth: 'kept' })
  }
}
