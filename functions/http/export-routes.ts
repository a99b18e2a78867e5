import * as z from 'zod'
import { exportKinds } from '../flows/export-kinds.ts'
import { isProjectId } from '../schema/fields.ts'
import { listFilterSchema } from './read-routes.ts'
import { noBody, type Route, route } from './route.ts'

/** Lambda answers six megabytes at most, and a workbook goes as base64. */
const longestAnswer = 4_400_000

const kindSchema = z.enum(exportKinds)

/** Operations that hand projects out in forms of other programs. */
export const exportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/exports/{kind}',
    operationId: 'exportProjects',
    audience: 'leader',
    summary: {
      zh: '导出:ledger(Excel 台账)、ledger-csv(节点台账 CSV)、mspdi(MS Project)、oc4ids(JSON)、ics(日历)',
      en: 'Export: ledger (Excel), ledger-csv (its milestones), mspdi (MS Project), oc4ids (JSON), ics (calendar)'
    },
    query: z.strictObject({ ...listFilterSchema.shape, project: z.string().refine(isProjectId).optional() }),
    body: noBody,
    success: {
      status: 200,
      description: 'The file, as of now',
      media: [
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'text/csv',
        'application/xml',
        'application/json',
        'text/calendar'
      ]
    },
    problems: ['export-kind-not-found', 'project-not-found', 'one-project-only', 'answer-too-large'],
    handle: async ({ params, query: { project, ...filter } }, deps) => {
      const kind = kindSchema.safeParse(params.kind)
      if (!kind.success) return { problem: { code: 'export-kind-not-found' } }
      // Loaded on demand: no other request pays for the writers of these forms.
      const { exportProjects } = await import('../flows/export.ts')
      const result = await exportProjects(kind.data, project === undefined ? filter : { project }, deps)
      switch (result.type) {
        case 'nothing':
          return { problem: { code: 'project-not-found' } }
        case 'one-project-only':
          return { problem: { code: 'one-project-only', errors: [projectMissing] } }
        case 'file': {
          const { path, body, contentType } = result.file
          if (Buffer.byteLength(body) > longestAnswer) return { problem: { code: 'answer-too-large' } }
          const name = path.split('/').at(-1) ?? path
          return {
            status: 200,
            headers: { 'content-type': contentType, 'content-disposition': `attachment; filename="${name}"` },
            content: body
          }
        }
      }
    }
  })
]

const projectMissing = {
  pointer: '?/project',
  code: 'required',
  message: { zh: '此项必填', en: 'This field is required' }
}
