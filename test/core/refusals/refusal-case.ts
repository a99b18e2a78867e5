import type { Command } from '../../../functions/core/commands.ts'
import type { FaultCode, FieldPath } from '../../../functions/core/refusal.ts'
import type { History } from '../given.ts'

/** A command that is refused, and what is said of it. */
export interface RefusalCase {
  readonly code: FaultCode
  readonly what: string
  readonly kind: 'invalid' | 'refused'
  readonly path: FieldPath
  readonly history?: () => History
  readonly command: Command
  readonly params?: Readonly<Record<string, string | number>>
}
