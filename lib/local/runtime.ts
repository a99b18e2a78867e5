import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import * as z from 'zod'
import { demonstrationDate } from '../../data/demonstration/load.ts'
import { dynamoAccess } from '../../functions/adapters/access.ts'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { clockOf } from '../../functions/adapters/clock.ts'
import { dynamoDeliveryLog } from '../../functions/adapters/delivery-log.ts'
import { eventLogOver } from '../../functions/adapters/event-log.shared.ts'
import { dynamoLogTable } from '../../functions/adapters/event-log.ts'
import { makeFolder } from '../../functions/adapters/folder.ts'
import { formPrograms } from '../../functions/adapters/form-programs.ts'
import { sweepUploads } from '../../functions/adapters/photo-store.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import { dateInShanghai, type IsoDate } from '../../functions/core/dates.ts'
import type { Bundle } from '../bundling.ts'
import type { ItemJson } from '../dynamodb-json.ts'
import { type FunctionName, functionNames, functionOf } from '../functions.ts'
import { schedules } from '../schedules.ts'
import { currentBundles } from './bundles.ts'
import { type ChangeFeed, type Consumer, changeFeed, type Positions } from './change-feed.ts'
import { type ChangeSource, logSource, stateSource } from './change-source.ts'
import { checkpointSettings } from './checkpoint-key.ts'
import { contentsOf } from './contents.ts'
import { startEmbeddedDynamo } from './embedded-dynamodb.ts'
import { type Backend, startHttpServer } from './http-server.ts'
import type { Invoke } from './invoke.ts'
import { type LocalFunctions, loadFunctions, localTableName } from './local-functions.ts'
import { type LocalStore, openLocalStore } from './local-store.ts'
import { localRetries } from './retries.ts'
import { type LocalSchedules, localSchedules } from './schedules.ts'
import { localTokens, type Tokens, writePrivate } from './tokens.ts'
import { foldUnreadable } from './unreadable-snapshots.ts'

/** How to start a tracker on this machine. */
export interface TrackerOptions {
  /** Folder of everything the tracker keeps; made when it is missing. */
  readonly directory: string
  /** 0 for any that is free. */
  readonly port: number
  /** Fixed date of the clock. */
  readonly today?: IsoDate | undefined
  /** Without the demonstration. */
  readonly empty: boolean
  /** Told of every error that somebody who runs the tracker should see. */
  readonly report: (what: string, error: unknown) => void
}

/** A running tracker. */
export interface Tracker {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string
  readonly tokens: Tokens
  /** Day on which the clock stands; `undefined` for the real clock. */
  readonly fixedDate: IsoDate | undefined
  /** The folder holds the demonstration. */
  readonly demonstration: boolean
  /** Where notices are written. */
  readonly noticeFile: string
  /** Finishes what is under way and ends everything. */
  readonly stop: () => Promise<void>
}

/**
 * Starts the whole tracker in this process, from the same bundles and the same declarations as the stack: the tables in
 * an embedded DynamoDB, the functions behind HTTP, change feed and clock, the site in a folder. It is ready when the
 * overview is written and the API answers.
 *
 * The first start decides for good what a folder holds: the demonstration, or nothing but what is entered. The
 * demonstration stands on its own date unless another is given; everything else runs on the real clock.
 * @throws FolderInUseError, PortInUseError, NotEmptyError
 */
export const startTracker = async (options: TrackerOptions): Promise<Tracker> => {
  const directory = resolve(options.directory)
  await makeFolder(directory)
  const store = await openLocalStore(join(directory, 'local'))
  const ending: (() => Promise<void>)[] = [() => store.close()]
  const end = async () => {
    for (const step of ending.splice(0).reverse()) await step()
  }
  try {
    return { ...(await start(directory, store, options, ending)), stop: end }
  } catch (error) {
    await end()
    throw error
  }
}

const start = async (
  directory: string,
  store: LocalStore,
  { port, today, empty, report }: TrackerOptions,
  ending: (() => Promise<void>)[]
): Promise<Omit<Tracker, 'stop'>> => {
  const { promise: backend, resolve: open, reject: fail } = Promise.withResolvers<Backend>()
  backend.catch(() => {})
  const server = await startHttpServer(port, backend)
  ending.push(server.stop, async () => fail(new Error('the tracker could not start')))

  const bundling = currentBundles(join(directory, 'functions'), store)
  bundling.catch(() => {})
  const dynamo = await startEmbeddedDynamo(join(directory, 'dynamodb'))
  ending.push(dynamo.stop)
  const logTable = dynamoLogTable(dynamo.client, localTableName('log'))
  const contents = await contentsOf(store, eventLogOver(logTable), empty)
  const fixedDate = today ?? (contents.demonstration ? demonstrationDate : undefined)
  const clock = clockOf(fixedDate)
  const siteDirectory = join(directory, 'site')
  const photoDirectory = join(directory, 'photos')
  const noticeFile = process.env.NOTICE_FILE ?? join(directory, 'notices.jsonl')
  const settings = {
    DYNAMODB_ENDPOINT: dynamo.endpoint,
    SITE_DIR: siteDirectory,
    SITE_URL: server.url,
    PHOTO_DIR: photoDirectory,
    FORM_DIR: join(directory, 'functions', 'publish-status'),
    NOTICE_FILE: noticeFile,
    ...(await checkpointSettings(directory)),
    FIXED_DATE: fixedDate
  }
  const completing = contents.complete(bureauLogOver(logTable))
  const loading = bundling.then(bundles => ({ bundles, functionBy: loadFunctions(bundles, settings) }))
  const [projects, { bundles, functionBy }] = await Promise.all([completing, loading])
  const access = dynamoAccess(dynamo.client, localTableName('access'))
  const tokens = await localTokens(join(directory, 'tokens.json'), access, projects, clock.now())
  const site = await siteIn(siteDirectory, server.url, bundles, () => fixedDate ?? dateInShanghai(clock.now()), store)

  const positions = positionsIn(store)
  const sources = { log: logSource(dynamo.client), state: stateSource(dynamo.client) }
  const feedOf = (names: readonly FunctionName[]): ChangeFeed => {
    const feed = changeFeed(consumersOf(names, sources, functionBy), {
      positions,
      report: (name, projects, error) => report(`${name}: ${projects.join(', ')}`, error)
    })
    ending.push(feed.stop)
    dynamo.onWrite((table, item) => {
      const project = projectSchema.safeParse(item).data?.project.S
      for (const name of ['log', 'state'] as const)
        if (project !== undefined && table === localTableName(name)) feed.nudge(name, project)
    })
    return feed
  }
  const daily = localSchedules({
    schedules,
    fixedDate,
    store,
    fire: async (name, event) => {
      await functionBy(name)(event)
      if (name !== 'publish-status') return
      await site.published()
      await sweepUploads(photoDirectory)
    },
    report
  })
  ending.push(daily.stop)

  const retries = localRetries({
    client: dynamo.client,
    table: localTableName('delivery'),
    retry: functionBy('retry-deliveries'),
    report: error => report('retry-deliveries', error)
  })
  ending.push(retries.stop)
  dynamo.onWrite((table, item) => {
    if (table === localTableName('delivery')) retries.nudge(item)
  })

  // In the order of the day, so that the first page already shows what the night has changed.
  const states = feedOf(['project-state'])
  await states.catchUp()
  await states.settled()
  await foldUnreadable(dynamoStateStore(dynamo.client, localTableName('state')), functionBy('project-state'))
  await daily.fireDue(['review-schedules'])
  await states.settled()
  const publishing = publishSite(site, daily, functionBy('publish-status'))
  ending.push(() => publishing.catch(() => {}))
  if (site.exists()) await Promise.race([publishing.catch(error => report('publish-status', error)), wait(longestWait)])
  else await publishing

  const deliveries = dynamoDeliveryLog(dynamo.client, localTableName('delivery'))
  open({
    api: functionBy('api'),
    site: site.directory,
    photos: photoDirectory,
    deliveries,
    clockStandsAt: fixedDate,
    report
  })
  const run = { pid: process.pid, url: server.url, dynamodb: dynamo.endpoint, fixedDate }
  await writePrivate(join(directory, 'run.json'), `${JSON.stringify(run, undefined, 2)}\n`)
  ending.push(() => rm(join(directory, 'run.json'), { force: true }))

  const others = feedOf(['send-notices', 'publish-status'])
  others.catchUp().catch(error => report('change feed', error))
  retries.start().catch(error => report('retry-deliveries', error))
  daily.start()
  // First of all: requests under way are answered while everything they need is there.
  ending.push(server.stop)
  return { url: server.url, tokens, fixedDate, demonstration: contents.demonstration, noticeFile }
}

const projectSchema = z.object({ project: z.object({ S: z.string() }) })

/** A page within two seconds of a report, with a local engine that is slower than the real one: the window is shorter. */
const windowShare = 0.2

const consumersOf = (
  names: readonly FunctionName[],
  sources: Readonly<Record<'log' | 'state', ChangeSource>>,
  functionBy: LocalFunctions
): readonly Consumer[] =>
  functionNames
    .filter(name => names.includes(name))
    .flatMap(name =>
      functionOf(name).triggers.flatMap(trigger =>
        trigger.type === 'stream'
          ? [
              {
                name,
                source: sources[trigger.table],
                batchSize: trigger.batchSize,
                windowMilliseconds: trigger.windowSeconds * 1000 * windowShare,
                deliver: (event: DynamoDBStreamEvent) => functionBy(name)(event)
              }
            ]
          : []
      )
    )

const positionSchema = z.object({ ordinal: z.int(), image: z.custom<ItemJson>(isImage).optional() })

function isImage(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

const positionsIn = (store: LocalStore): Positions => ({
  get: (consumer, project) => store.get(`position/${consumer}/${project}`, positionSchema),
  put: (consumer, positions) =>
    store.put(Object.fromEntries([...positions].map(([project, at]) => [`position/${consumer}/${project}`, at])))
})

/** The published site, as far as this process knows it. */
interface Site {
  readonly directory: string
  /** There is a page to show. */
  readonly exists: () => boolean
  /** This very code has published all of it on this date, under this address. */
  readonly isFresh: () => Promise<boolean>
  /** Remembers that it has. */
  readonly published: () => Promise<void>
}

const publishedSchema = z.object({ code: z.string(), date: z.string(), url: z.string().optional() })

const siteIn = async (
  directory: string,
  url: string,
  bundles: readonly Bundle[],
  today: () => IsoDate,
  store: LocalStore
): Promise<Site> => {
  const publisher = bundles.find(({ name }) => name === 'publish-status')?.file ?? ''
  const form = Object.values(formPrograms).map(program => join(dirname(publisher), program))
  const digest = createHash('sha256')
  for (const file of [publisher, ...form]) digest.update(await readFile(file))
  const code = digest.digest('hex')
  const exists = () => existsSync(join(directory, 'index.html'))
  return {
    directory,
    exists,
    isFresh: async () => {
      const last = await store.get('published', publishedSchema)
      return exists() && last?.code === code && last.date === today() && last.url === url
    },
    published: () => store.put({ published: { code, date: today(), url } })
  }
}

/** A site from before is shown while a large one is still being brought up to date. */
const longestWait = 3000

/** Publishes the whole site, by its schedule or at once; what has changed since a fresh one is the feed's. */
const publishSite = async (site: Site, daily: LocalSchedules, publish: Invoke): Promise<void> => {
  await daily.fireDue(['publish-status'])
  if (await site.isFresh()) return
  await publish({})
  await site.published()
}
