import { type TableName, tables } from './tables.ts'

/** What sets a function off. */
export type Trigger =
  | { readonly type: 'http' }
  | {
      readonly type: 'stream'
      readonly table: 'log' | 'state'
      /** Most records of one event. */
      readonly batchSize: number
      /** How long records are gathered before an event with fewer goes out; 0 is at once. */
      readonly windowSeconds: number
    }
  | {
      readonly type: 'schedule'
      /** `HH:MM` in Beijing, every day of the year. */
      readonly beijing: string
      /** Missed while the machine was off, it is not made up for on another day. */
      readonly sameDayOnly?: true
    }
  | {
      /** The queue of retries: keys of deliveries that are to be looked at again. */
      readonly type: 'queue'
      /** Most messages of one event. */
      readonly batchSize: number
    }

/** A variable of the environment that names no table. */
export type SettingName =
  | 'AUTHORISATION'
  | 'DYNAMODB_ENDPOINT'
  | 'NOTICE_FILE'
  | 'CHANNELS'
  | 'CHANNELS_SECRET'
  | 'RETRY_QUEUE'
  | 'SITE_DIR'
  | 'SITE_BUCKET'
  | 'SITE_URL'
  | 'FORM_DIR'
  | 'CHECKPOINT_DIR'
  | 'CHECKPOINT_KEY_FILE'
  | 'CHECKPOINT_BUCKET'
  | 'CHECKPOINT_KEY'
  | 'PHOTO_DIR'
  | 'PHOTO_BUCKET'
  | 'FIXED_DATE'
  | 'POLICY'

/** A Lambda function as plain data: the stack deploys it, the local runtime drives it, from this alone. */
export interface FunctionDefinition {
  /** Module that exports `handler`, from the root of the repository. */
  readonly entry: string
  /** CPU grows with it: 1769 MB are one core. */
  readonly memoryMb: number
  readonly timeoutSeconds: number
  /** Never runs twice at the same time: an older run that ends later would undo a newer one. */
  readonly alone?: true
  readonly triggers: readonly Trigger[]
  readonly reads: readonly TableName[]
  readonly writes: readonly TableName[]
  readonly settings: readonly SettingName[]
}

const everywhere = ['DYNAMODB_ENDPOINT', 'FIXED_DATE', 'POLICY'] as const
const photos = ['PHOTO_DIR', 'PHOTO_BUCKET'] as const
const channels = ['NOTICE_FILE', 'CHANNELS', 'CHANNELS_SECRET', 'RETRY_QUEUE'] as const

/** Every function of the tracker, by name. */
export const functions = {
  api: {
    entry: 'functions/api.ts',
    // Somebody waits for the answer, and a cold start is all CPU.
    memoryMb: 1024,
    // A report takes milliseconds. API Gateway gives up after 30 s; ending before it leaves us the error to explain.
    timeoutSeconds: 15,
    triggers: [{ type: 'http' }],
    reads: ['log', 'state', 'access', 'delivery'],
    writes: ['log', 'access'],
    settings: [...everywhere, 'AUTHORISATION', ...photos]
  },
  'project-state': {
    entry: 'functions/project-state.ts',
    memoryMb: 512,
    // A batch may hold a hundred projects, each a query, an assessment and a put; a tenth of a second each is ample.
    timeoutSeconds: 60,
    triggers: [{ type: 'stream', table: 'log', batchSize: 100, windowSeconds: 0 }],
    reads: ['log', 'state'],
    writes: ['state'],
    settings: everywhere
  },
  'send-notices': {
    entry: 'functions/send-notices.ts',
    memoryMb: 256,
    // Waits for receivers that may take 5 s each; a small batch keeps a slow one from running into the limit.
    timeoutSeconds: 120,
    triggers: [
      { type: 'stream', table: 'log', batchSize: 10, windowSeconds: 0 },
      // After the review: what it found goes out together, one message a person.
      { type: 'schedule', beijing: '07:50' }
    ],
    reads: ['log', 'state', 'delivery'],
    writes: ['log', 'delivery'],
    settings: [...everywhere, ...channels]
  },
  'publish-status': {
    entry: 'functions/publish-status.ts',
    // Renders pages: one whole core.
    memoryMb: 1769,
    // The schedule renders every project: about 25 ms of a core each, and the waiting for the bucket beside it.
    timeoutSeconds: 900,
    alone: true,
    triggers: [
      // A second's wait lets many reports share one rewriting of the overview, and a page within two still holds.
      { type: 'stream', table: 'state', batchSize: 100, windowSeconds: 1 },
      // After the review, so that the page of the day shows what the night has changed.
      { type: 'schedule', beijing: '07:40' }
    ],
    reads: ['log', 'state'],
    writes: [],
    settings: [...everywhere, 'SITE_DIR', 'SITE_BUCKET', 'SITE_URL', 'FORM_DIR', ...photos]
  },
  'review-schedules': {
    entry: 'functions/review-schedules.ts',
    memoryMb: 512,
    // Only the projects that are due cost anything, but a first run after a change of policy may find them all due.
    timeoutSeconds: 600,
    // Weekends too: silence counts in calendar days, so colours change on any day.
    triggers: [{ type: 'schedule', beijing: '07:30' }],
    reads: ['log', 'state'],
    writes: ['log', 'state'],
    settings: everywhere
  },
  'sign-checkpoint': {
    entry: 'functions/sign-checkpoint.ts',
    memoryMb: 256,
    // One or two queries a project, sixteen at a time.
    timeoutSeconds: 600,
    // After the review, so that what the night has changed is signed the same morning.
    triggers: [{ type: 'schedule', beijing: '07:45' }],
    reads: ['log', 'state'],
    writes: [],
    settings: [
      'DYNAMODB_ENDPOINT',
      'FIXED_DATE',
      'CHECKPOINT_DIR',
      'CHECKPOINT_KEY_FILE',
      'CHECKPOINT_BUCKET',
      'CHECKPOINT_KEY'
    ]
  },
  'send-digests': {
    entry: 'functions/send-digests.ts',
    memoryMb: 512,
    timeoutSeconds: 600,
    // Every day: EventBridge cannot know a make-up Saturday, so the function itself passes over days that do not work.
    // Yesterday's digest is no news: today's comes at its own time.
    triggers: [{ type: 'schedule', beijing: '08:30', sameDayOnly: true }],
    reads: ['log', 'state', 'delivery'],
    writes: ['log', 'delivery'],
    settings: [...everywhere, ...channels]
  },
  'retry-deliveries': {
    entry: 'functions/retry-deliveries.ts',
    memoryMb: 256,
    // A batch may wait for ten receivers, one after the other, of which a mail server may take 15 s.
    timeoutSeconds: 180,
    triggers: [
      { type: 'queue', batchSize: 10 },
      // Before the digests: whoever is still to hear of yesterday hears of it first.
      { type: 'schedule', beijing: '08:00' }
    ],
    reads: ['delivery'],
    writes: ['delivery'],
    settings: ['DYNAMODB_ENDPOINT', 'FIXED_DATE', ...channels]
  }
} as const satisfies Readonly<Record<string, FunctionDefinition>>

/** The name of a function. */
export type FunctionName = keyof typeof functions

/** The names of all functions. */
export const functionNames: readonly FunctionName[] = [
  'api',
  'project-state',
  'send-notices',
  'publish-status',
  'review-schedules',
  'sign-checkpoint',
  'send-digests',
  'retry-deliveries'
]

/** A function by its name, without its literal type. */
export const functionOf = (name: FunctionName): FunctionDefinition => functions[name]

/** The tables a function needs, each once. */
export const tablesOf = ({ reads, writes }: FunctionDefinition): readonly TableName[] => [
  ...new Set([...reads, ...writes])
]

/** Every variable of the environment that a function reads. */
export const environmentOf = (definition: FunctionDefinition): readonly string[] => [
  ...tablesOf(definition).map(table => tables[table].variable),
  ...definition.settings
]
