import type { ImportOptions, ImportResult, PlanFormat } from './imported-plan.ts'
import { readMsProjectXml } from './ms-project-xml.ts'
import { readPrimaveraXer } from './primavera-xer.ts'
import { readProjectJson } from './project-json.ts'

/** Reads a plan file of any format that the tracker knows, told by how it begins, else by its name, where nobody says. */
export const readPlan = (bytes: Uint8Array, options: ImportOptions = {}): ImportResult => {
  const format = options.format ?? formatOf(bytes, options.fileName ?? '')
  switch (format) {
    case 'primavera-xer':
      return readPrimaveraXer(bytes, options)
    case 'ms-project-xml':
      return readMsProjectXml(bytes, options)
    case 'project-json':
      return readProjectJson(bytes, options)
    case undefined:
      return { ok: false, fault: { code: 'unknown-format', detail: unknown(bytes) } }
  }
}

const formatOf = (bytes: Uint8Array, fileName: string): PlanFormat | undefined => {
  // Zero bytes of UTF-16 and a byte order mark set aside, all three begin in ASCII.
  const head = [...bytes.subarray(0, 400)]
    .filter(byte => byte > 0x20 && byte < 0x7f)
    .map(byte => String.fromCharCode(byte))
    .join('')
  if (head.startsWith('ERMHDR')) return 'primavera-xer'
  if (head.startsWith('<')) return 'ms-project-xml'
  if (head.startsWith('{')) return 'project-json'
  if (isCompoundFile(bytes)) return undefined
  const extension = /\.(xer|xml|json)$/i.exec(fileName)?.[1]?.toLowerCase()
  if (extension === 'xer') return 'primavera-xer'
  return extension === 'xml' ? 'ms-project-xml' : extension === 'json' ? 'project-json' : undefined
}

const isCompoundFile = ([a, b, c, d]: Uint8Array): boolean => a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0

const unknown = (bytes: Uint8Array): string =>
  isCompoundFile(bytes)
    ? 'a binary MS Project file (.mpp); save it as XML in MS Project'
    : 'neither Primavera XER nor MS Project XML nor project JSON'
