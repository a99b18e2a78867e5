import { RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { streamActions, type TableAction } from './permissions.ts'
import type { TableDefinition, TableKey } from './tables.ts'

/** How much a table's content is worth: the truth, something hard to replace, or a cache. */
export type Worth = 'truth' | 'kept' | 'cache'

/** Properties of {@link TrackerTable}. */
export interface TrackerTableProps {
  readonly definition: TableDefinition
  readonly worth: Worth
}

/**
 * A table of `tables.ts` in the cloud: on demand, since reports come in bursts on Monday mornings and not at all at night;
 * encrypted at rest with DynamoDB's own key, because a key of ours could be lost, and the log with it. It hands out
 * operations, never the table.
 */
export class TrackerTable extends Construct {
  /** Environment variable that tells a function the name of the table. */
  readonly variable: string
  readonly tableName: string
  /** The cloud's side of the table, for alarms and outputs. */
  protected readonly table: Table

  constructor(scope: Construct, id: string, { definition, worth }: TrackerTableProps) {
    super(scope, id)
    const { variable, partitionKey, sortKey, stream, timeToLive } = definition
    this.variable = variable
    this.table = new Table(this, 'Table', {
      partitionKey: attributeOf(partitionKey),
      ...(sortKey && { sortKey: attributeOf(sortKey) }),
      ...(stream && { stream: StreamViewType[stream] }),
      ...(timeToLive !== undefined && { timeToLiveAttribute: timeToLive }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: worth !== 'cache' },
      deletionProtection: worth !== 'cache',
      removalPolicy: worth === 'cache' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN
    })
    this.tableName = this.table.tableName
  }

  /** Lets somebody do these operations on the table, and no other. */
  allow(grantee: IGrantable, actions: readonly TableAction[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: actions.map(action => `dynamodb:${action}`), resources: [this.table.tableArn] })
    )
  }

  /**
   * Lets somebody's function be fed from the stream of the table.
   * @returns ARN of the stream.
   * @throws Error when the table has none.
   */
  allowStream(grantee: IGrantable): string {
    const { tableStreamArn } = this.table
    if (tableStreamArn === undefined) throw new Error(`the table ${this.node.path} has no stream`)
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...streamActions], resources: [tableStreamArn] })
    )
    return tableStreamArn
  }
}

const attributeOf = ({ name, type }: TableKey) => ({
  name,
  type: type === 'S' ? AttributeType.STRING : AttributeType.NUMBER
})
