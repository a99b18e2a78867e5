import { CfnOutput, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { AccessTables } from './access-tables.ts'
import { Alarms } from './alarms.ts'
import { Api } from './api.ts'
import type { Bundle } from './bundling.ts'
import { Checkpoints } from './checkpoints.ts'
import type { TrackerConfig } from './config.ts'
import { DailySchedule } from './daily-schedule.ts'
import { Dashboard } from './dashboard.ts'
import { EventLog } from './event-log.ts'
import { FailedEvents } from './failed-events.ts'
import { type FunctionName, functionNames, type Trigger } from './functions.ts'
import { bindChannels, Notices } from './notices.ts'
import { tablePermissions } from './permissions.ts'
import { Photos } from './photos.ts'
import { RetryQueue } from './retry-queue.ts'
import { StateTable } from './state-table.ts'
import { StatusSite } from './status-site.ts'
import { StreamFeed } from './stream-feed.ts'
import type { TableName } from './tables.ts'
import { TrackerFunction } from './tracker-function.ts'
import type { TrackerTable } from './tracker-table.ts'

/** Properties of {@link TrackerStack}. */
export interface TrackerStackProps {
  readonly config: TrackerConfig
  /** The bundles of all functions. */
  readonly bundles: readonly Bundle[]
}

/**
 * Functions of which one copy is enough and two would be worse: they would write the same page one after the other, or do
 * the day's work twice.
 */
const alone: ReadonlySet<FunctionName> = new Set([
  'publish-status',
  'review-schedules',
  'sign-checkpoint',
  'send-digests'
])

/** The whole tracker in one account and region, from the declarations that the local runtime reads. */
export class TrackerStack extends Stack {
  constructor(scope: Construct, id: string, { config, bundles }: TrackerStackProps) {
    super(scope, id, {
      stackName: `tracker-${config.stage}`,
      description: 'Capital project tracker: an append-only log of commits, and what follows from it',
      env: { region: config.region },
      terminationProtection: config.stage === 'prod'
    })
    const { access, delivery } = new AccessTables(this, 'AccessTables')
    const tables: Readonly<Record<TableName, TrackerTable>> = {
      log: new EventLog(this, 'EventLog'),
      state: new StateTable(this, 'StateTable'),
      access,
      delivery
    }
    const functions = this.makeFunctions(config, bundles, tables)
    const api = new Api(this, 'Api', { handler: functionIn(functions, 'api'), config })
    const photos = config.site.hosting === 'mirror' ? undefined : new Photos(this, 'Photos')
    photos?.bindOffering(functionIn(functions, 'api'))
    photos?.bindKeeping(functionIn(functions, 'publish-status'))
    const site = new StatusSite(this, 'StatusSite', { api, config, photos })
    site.bindWriter(functionIn(functions, 'publish-status'))
    const checkpoints = new Checkpoints(this, 'Checkpoints')
    checkpoints.bindSigner(functionIn(functions, 'sign-checkpoint'))
    const { failed, retries } = this.connect(functions, tables)
    const notices = new Notices(this, 'Notices', config)
    const alarms = new Alarms(this, 'Alarms', { config, api, functions, failed, retries, notices })
    new Dashboard(this, 'Dashboard', { config, alarms, api, failed, site: site.address })
    this.tell({ ApiAddress: api.http.apiEndpoint, SiteAddress: site.address, SiteBucket: site.bucket.bucketName })
    this.tell({
      LogTableName: tables.log.tableName,
      StateTableName: tables.state.tableName,
      AccessTableName: access.tableName,
      DeliveryTableName: delivery.tableName
    })
    this.tell({ CheckpointBucket: checkpoints.bucket.bucketName, CheckpointKey: checkpoints.key.keyArn })
    this.tell({ FailedEvents: this.toJsonString(this.failedEventsOf(functions, failed)) })
  }

  private makeFunctions(
    config: TrackerConfig,
    bundles: readonly Bundle[],
    tables: Readonly<Record<TableName, TrackerTable>>
  ): ReadonlyMap<FunctionName, TrackerFunction> {
    return new Map(
      functionNames.map(name => {
        const bundle = bundles.find(one => one.name === name)
        if (!bundle) throw new Error(`there is no bundle of ${name}`)
        const made = new TrackerFunction(this, name, {
          bundle,
          config,
          ...(alone.has(name) && { reservedConcurrency: 1 })
        })
        for (const table of tableNames) {
          const actions = tablePermissions[name][table]
          if (actions) made.bind(tables[table], actions)
        }
        if (made.reads('CHANNELS_SECRET')) bindChannels(made, config)
        return [name, made] as const
      })
    )
  }

  /** Feeds, schedules and retries, with a queue of failed events for every function that nobody waits for. */
  private connect(
    functions: ReadonlyMap<FunctionName, TrackerFunction>,
    tables: Readonly<Record<TableName, TrackerTable>>
  ): { readonly failed: ReadonlyMap<FunctionName, FailedEvents>; readonly retries: readonly RetryQueue[] } {
    const queues = new Map<FunctionName, FailedEvents>()
    const retries: RetryQueue[] = []
    for (const [name, made] of functions) {
      const triggers = made.definition.triggers.filter(({ type }) => type !== 'http')
      if (triggers.length === 0) continue
      const failed = new FailedEvents(made, 'FailedEvents')
      queues.set(name, failed)
      for (const trigger of triggers)
        switch (trigger.type) {
          case 'http':
            break
          case 'stream':
            new StreamFeed(made, `Feed-${trigger.table}`, {
              table: tables[trigger.table],
              reader: made,
              trigger,
              failed
            })
            break
          case 'schedule':
            new DailySchedule(made, 'Schedule', { runner: made, beijing: trigger.beijing, failed })
            break
          case 'queue':
            retries.push(this.bringBack(functions, made, trigger, failed))
            break
        }
    }
    return { failed: queues, retries }
  }

  /** The queue of retries, from all functions that send to the one that tries again. */
  private bringBack(
    functions: ReadonlyMap<FunctionName, TrackerFunction>,
    reader: TrackerFunction,
    trigger: Extract<Trigger, { readonly type: 'queue' }>,
    failed: FailedEvents
  ): RetryQueue {
    const retries = new RetryQueue(this, 'RetryQueue', reader.definition.timeoutSeconds, failed)
    for (const sender of functions.values()) if (sender.reads('RETRY_QUEUE')) retries.bind(sender)
    retries.feed({ reader, trigger })
    return retries
  }

  /** What `tracker replay` asks for: by function, its name and the queue of what it gave up. */
  private failedEventsOf(
    functions: ReadonlyMap<FunctionName, TrackerFunction>,
    failed: ReadonlyMap<FunctionName, FailedEvents>
  ) {
    return Object.fromEntries(
      [...failed].map(([name, { queue }]) => [
        name,
        { function: functionIn(functions, name).lambda.functionName, queue: queue.queueUrl }
      ])
    )
  }

  private tell(values: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value] of Object.entries(values)) if (value !== undefined) new CfnOutput(this, name, { value })
  }
}

const tableNames: readonly TableName[] = ['log', 'state', 'delivery', 'access']

const functionIn = (functions: ReadonlyMap<FunctionName, TrackerFunction>, name: FunctionName): TrackerFunction => {
  const found = functions.get(name)
  if (!found) throw new Error(`there is no function ${name}`)
  return found
}
