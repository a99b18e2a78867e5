import type { Schemas } from '@capital-project-tracker/client'
import { lightWords } from '../../functions/pages/words.ts'

/** A project as an answer of the tracker has it. */
export interface Standing {
  readonly version: number
  readonly assessment: Schemas['Assessment']
}

type Light = Standing['assessment']['light']

/** Where a project stands: its version, and its colour with the reasons for it. `before` is the colour that it had. */
export const standingText = ({ version, assessment }: Standing, before?: Light): string =>
  [`${assessment.projectId}  第 ${version} 版 / version ${version}`, ...colourLines(assessment, before)].join('\n')

/** At most so many reasons are told; `--json` has them all. */
const toldAtMost = 5

/** The colour and the reasons that make it this one, gravest first. */
export const colourLines = (
  { light, rules, flags }: Standing['assessment'],
  before: Light = light
): readonly string[] => {
  const reasons = flags.filter(({ severity }) => severity === light)
  const from = before === light ? '' : `${lightWords[before].name.zh} → `
  return [
    `${from}${lightWords[light].name.zh} / ${lightWords[light].name.en} (${rules.join(' ')})`,
    ...reasons.slice(0, toldAtMost).map(({ rule, text }) => `  ${rule} ${text.zh} / ${text.en}`),
    ...(reasons.length > toldAtMost ? [`  … 共 ${reasons.length} 条 / ${reasons.length} in all`] : [])
  ]
}
