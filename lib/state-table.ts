import { Validations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { tables } from './tables.ts'
import { TrackerTable } from './tracker-table.ts'

/** The snapshots of all projects: a cache of the log, which `tracker rebuild` writes again. */
export class StateTable extends TrackerTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, { definition: tables.state, worth: 'cache' })
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'Point-in-time recovery would keep what can be computed from the log, which has it.'
    })
  }
}
