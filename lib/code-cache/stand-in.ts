import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { marshall } from '@aws-sdk/util-dynamodb'
import * as z from 'zod'
import { builtInCalendars } from '../../data/calendars.ts'
import { loadDemonstration } from '../../data/demonstration/load.ts'
import { replay } from '../../data/demonstration/replay.ts'
import { memoryAccess } from '../../functions/adapters/access.memory.ts'
import type { AccessRecord } from '../../functions/adapters/access.ts'
import { type LogItems, memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import { appendCommits } from '../local/demonstration.ts'

/** Stands in for the tables while a cache is made: one project of the demonstration, and whoever may do everything with it. */
export interface StandIn {
  readonly endpoint: string
  readonly project: string
  readonly token: string
}

const project = 'no39-north'

/** Starts the stand-in on a free port of this machine. It keeps nothing that is written, and ends with the process. */
export const startStandIn = async (): Promise<StandIn> => {
  const items: LogItems = new Map()
  const commands = loadDemonstration(builtInCalendars).filter(command => command.project === project)
  await appendCommits(project, replay(commands).get(project)?.commits ?? [], memoryEventLog(items))
  const grants = new Map<string, AccessRecord>()
  const { token } = await memoryAccess(grants).issue({ role: 'admin', name: 'code-cache', projects: [] }, someInstant)

  const answer = (operation: string, { ExpressionAttributeValues: values, Limit }: Asked): object => {
    switch (operation) {
      case 'DynamoDB_20120810.GetItem':
        return { Item: marshall([...grants.values()][0]) }
      case 'DynamoDB_20120810.Query': {
        const asked = items.get(values?.[':project']?.S ?? '')?.values() ?? []
        return {
          Items: [...asked]
            .reverse()
            .slice(0, Limit)
            .map(item => marshall(item))
        }
      }
    }
    return {}
  }
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target'])
    response.setHeader('content-type', 'application/x-amz-json-1.0')
    response.end(JSON.stringify(answer(operation, askedSchema.parse(await json(request)))))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  return { endpoint: `http://127.0.0.1:${port}`, project, token }
}

const someInstant = '2021-06-21T00:00:00Z'

const askedSchema = z.object({
  ExpressionAttributeValues: z.record(z.string(), z.object({ S: z.string().optional() })).optional(),
  Limit: z.number().optional()
})
type Asked = z.output<typeof askedSchema>
