import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { environmentOf, functionNames, functionOf } from '../../lib/functions.ts'
import { localTableName } from '../../lib/local/local-functions.ts'
import { startTracker, type Tracker } from '../../lib/local/runtime.ts'
import { scheduledEvent } from '../../lib/local/schedules.ts'
import { tables } from '../../lib/tables.ts'
import { makeDirectory } from '../local/tracker.ts'
import { full, functionOfTemplate, synthesise } from './synth.ts'

// The tracker of one machine, running, beside the template of the cloud: not what both read, but what both have become.
const template = synthesise('aws', full.aws)
const directory = makeDirectory()
const before = { ...process.env }
let tracker: Tracker
const faults: string[] = []
beforeAll(async () => {
  tracker = await startTracker({
    directory,
    port: 0,
    today: '2021-06-21',
    empty: true,
    report: (what, error) => faults.push(`${what}: ${error}`)
  })
})
afterAll(async () => {
  await tracker?.stop()
  process.env = before
})

test('the tables are the same, keys, types and indexes', async () => {
  const { dynamodb } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
  const client = documentClient({ endpoint: dynamodb })
  const { TableNames = [] } = await client.send(new ListTablesCommand({}))
  const local = await Promise.all(
    TableNames.map(async TableName => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }))
      return { keys: Table?.KeySchema, attributes: Table?.AttributeDefinitions, indexes: Table?.GlobalSecondaryIndexes }
    })
  )
  client.destroy()
  const cloud = template.ofType('AWS::DynamoDB::Table').map(({ Properties }) => ({
    keys: Properties.KeySchema,
    attributes: Properties.AttributeDefinitions,
    indexes: Properties.GlobalSecondaryIndexes
  }))
  const sorted = (all: readonly unknown[]) => all.map(one => JSON.stringify(one)).toSorted()
  expect(sorted(local)).toEqual(sorted(cloud))
})

test('every route of the gateway is answered by the local API, and none is unknown to it', async () => {
  const keys = template.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => String(Properties.RouteKey))
  const own = keys.filter(key => key.includes(' /v1/') && !key.includes('{proxy+}'))
  expect(own.length).toBeGreaterThan(10)
  for (const key of own) {
    const [method = '', path = ''] = key.split(' ')
    const answer = await fetch(new URL(path.replace(/\{\w+\}/g, 'nothing-of-that-name'), tracker.url), { method })
    // Without a token it says who may, which it can only of a route that it has.
    expect([200, 401], key).toContain(answer.status)
  }
})

test('every schedule of one machine stands at the time at which the rule of the cloud fires', async () => {
  const rules = template.ofType('AWS::Events::Rule').map(({ Properties }) => ({
    function: functionNames.find(
      name => functionOfTemplate(template, name).id === Properties.Targets[0].Arn['Fn::GetAtt'][0]
    ),
    cron: Properties.ScheduleExpression
  }))
  const ofDay = functionNames.flatMap(name =>
    functionOf(name).triggers.flatMap(trigger => {
      if (trigger.type !== 'schedule') return []
      // What the local clock would send at that time of the day, as EventBridge does by the rule.
      const at = new Date(`2021-06-21T${trigger.beijing}:00+08:00`)
      const { time } = scheduledEvent(name, '', at.toISOString())
      const [, hour, minute] = /T(\d\d):(\d\d)/.exec(time) ?? []
      return [{ function: name, cron: `cron(${Number(minute)} ${Number(hour)} * * ? *)` }]
    })
  )
  expect(rules.toSorted(byFunction)).toEqual(ofDay.toSorted(byFunction))
  expect(faults).toEqual([])
})

const byFunction = (a: { function?: string | undefined }, b: { function?: string | undefined }) =>
  (a.function ?? '') < (b.function ?? '') ? -1 : 1

/** Each side finds these elsewhere: the cloud buckets, a secret, a key and a queue, one machine an engine, folders and its own channels. */
const cloudOnly = [
  'AUTHORISATION',
  'SITE_BUCKET',
  'PHOTO_BUCKET',
  'CHANNELS_SECRET',
  'RETRY_QUEUE',
  'POLICY',
  'CHECKPOINT_BUCKET',
  'CHECKPOINT_KEY'
]
const localOnly = [
  'DYNAMODB_ENDPOINT',
  'SITE_DIR',
  'PHOTO_DIR',
  'NOTICE_FILE',
  'CHANNELS',
  'CHECKPOINT_DIR',
  'CHECKPOINT_KEY_FILE'
]

test('the functions find the same variables, but for where things are', () => {
  const local = new Set(
    functionNames.flatMap(name => environmentOf(functionOf(name))).filter(name => process.env[name])
  )
  const cloud = new Set(
    functionNames.flatMap(name => Object.keys(functionOfTemplate(template, name).Properties.Environment.Variables))
  )
  expect([...local].filter(name => !localOnly.includes(name)).toSorted()).toEqual(
    [...cloud].filter(name => !cloudOnly.includes(name)).toSorted()
  )
  for (const [table, { variable }] of Object.entries(tables)) expect(process.env[variable]).toBe(localTableName(table))
})
