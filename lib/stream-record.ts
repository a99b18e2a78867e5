import { createHash } from 'node:crypto'
import type { DynamoDBRecord } from 'aws-lambda'
import type { ItemJson } from './dynamodb-json.ts'
import { tables } from './tables.ts'

/** A change of an item. */
export interface Change {
  readonly table: 'log' | 'state'
  readonly streamArn: string
  readonly project: string
  /** Rises with every change of the project. */
  readonly ordinal: number
  readonly before: ItemJson | undefined
  readonly after: ItemJson | undefined
}

/** The record of a change as a DynamoDB stream has it; the same change gives the same identifiers every time. */
export const streamRecord = ({ table, streamArn, project, ordinal, before, after }: Change): DynamoDBRecord => {
  const keyNames = table === 'log' ? ['project', 'version'] : ['project']
  const Keys = Object.fromEntries(Object.entries(after ?? before ?? {}).filter(([name]) => keyNames.includes(name)))
  return {
    eventID: digestOf(`${table}/${project}/${ordinal}`).slice(0, 32),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: streamArn.split(':')[3] ?? '',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys,
      ...(after === undefined ? {} : { NewImage: after }),
      ...(before === undefined ? {} : { OldImage: before }),
      SequenceNumber: sequenceNumberOf(project, ordinal),
      SizeBytes: Buffer.byteLength(JSON.stringify([Keys, after, before])),
      StreamViewType: tables[table].stream
    },
    eventSourceARN: streamArn
  }
}

const room = 10n ** 12n

/** Rises within a project, and differs between projects, since one batch holds several. */
const sequenceNumberOf = (project: string, ordinal: number): string =>
  String(BigInt(ordinal) * room + (BigInt(`0x${digestOf(project).slice(0, 16)}`) % room))

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
