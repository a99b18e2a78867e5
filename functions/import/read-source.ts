import { assemblePlan } from './assemble.ts'
import { type DecodedText, decodeText } from './decode-text.ts'
import { type ImportResult, type Lose, noLosses, resultOf } from './imported-plan.ts'
import type { SourcePlan } from './source-plan.ts'

/**
 * What every decoder of another program's file does: bytes to text, text to the tasks of the file by `read`, tasks to a
 * plan; what `read` throws as unreadable becomes the fault.
 */
export const readSource = (
  bytes: Uint8Array,
  encoding: string | undefined,
  read: (file: DecodedText, lose: Lose) => SourcePlan
): ImportResult =>
  resultOf(() => {
    const losses = noLosses()
    return assemblePlan(read(decodeText(bytes, encoding), losses.lose), losses)
  })
