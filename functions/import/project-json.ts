import { planSchema } from '../schema/plan.ts'
import { decodeText } from './decode-text.ts'
import { type ImportOptions, type ImportResult, Unreadable } from './imported-plan.ts'

/** Reads the project document of the contract. Nothing of it is lost; what it does not know, it refuses. */
export const readProjectJson = (bytes: Uint8Array, { encoding }: ImportOptions = {}): ImportResult => {
  try {
    const decoded = decodeText(bytes, encoding)
    return readDocument(JSON.parse(decoded.text), decoded.encoding)
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, fault: error.fault }
    if (!(error instanceof SyntaxError)) throw error
    const line = Number(/line (\d+)/.exec(error.message)?.[1])
    return {
      ok: false,
      fault: { code: 'not-json', detail: error.message, ...(Number.isInteger(line) ? { line } : {}) }
    }
  }
}

const readDocument = (document: unknown, encoding: string): ImportResult => {
  const decoded = planSchema.safeParse(document, { reportInput: true })
  if (!decoded.success)
    return { ok: false, fault: { code: 'not-valid', detail: decoded.error.message, issues: decoded.error.issues } }
  const { project } = decoded.data
  return {
    ok: true,
    plan: {
      format: 'project-json',
      source: { id: project.id, name: project.name, encoding },
      document: decoded.data,
      progress: [],
      milestones: project.milestones.map(({ id, duration }) => ({
        id,
        sourceId: id,
        code: id,
        kind: duration === 0 ? 'finish-milestone' : 'task'
      })),
      lost: []
    }
  }
}
