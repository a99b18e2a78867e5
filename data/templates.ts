import * as z from 'zod'
import counted from './templates/counted.json' with { type: 'json' }
import equipment from './templates/equipment.json' with { type: 'json' }
import newSchool from './templates/new-school.json' with { type: 'json' }
import smallBuilding from './templates/small-building.json' with { type: 'json' }
import summerRepair from './templates/summer-repair.json' with { type: 'json' }

/** The kinds of project for which a template stands in `data/templates`. */
export const templateIds = ['new-school', 'small-building', 'summer-repair', 'equipment', 'counted'] as const

/** A template of `data/templates`, by its file name. */
export type TemplateId = (typeof templateIds)[number]

const monthAndDay = z.string().regex(/^\d{2}-\d{2}$/)

const templateMilestone = z.strictObject({
  /** Becomes the milestone's id; the codes carry their legal meaning (C1 开工, V2 竣工验收, U2 交付启用). */
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  phase: z.enum(['approval', 'tender', 'permit', 'construction', 'acceptance', 'handover', 'closeout']),
  calendar: z.enum(['cn', 'daily']),
  /** In days of its calendar. */
  duration: z.int().min(0),
  /** The range seen in practice, shortest and longest, in days of its calendar. */
  typical: z.tuple([z.int(), z.int()]).optional(),
  /** What a statute allows, in days of its calendar or in calendar months. */
  legal: z.strictObject({ minimum: z.int(), maximum: z.int(), maximumMonths: z.int() }).partial().optional(),
  /** Share in percent complete; a template's weights add up to 100. */
  weight: z.number().min(0),
  /** Predecessors, finish to start; a term that passes without work (缺陷责任期) is a lag in calendar days. */
  after: z.array(z.union([z.string(), z.strictObject({ code: z.string(), lag: z.int() })])),
  /** Where the row comes from: statute, a bureau's published practice, or an estimate. */
  basis: z.array(z.strictObject({ kind: z.enum(['law', 'seen', 'guess']), source: z.string().optional() })).min(1),
  note: z.string().optional()
})

const template = z.strictObject({
  id: z.enum(templateIds),
  name: z.string(),
  nameEn: z.string(),
  scope: z.string(),
  /** Code of the milestone that puts the project to use. */
  handover: z.string(),
  /** The part of each year in which its works may run: `first` starts no earlier, `last` ends no later. */
  season: z.strictObject({ from: monthAndDay, to: monthAndDay, first: z.string(), last: z.string() }).optional(),
  /** Counted works: share of the total due at each share of the time between two milestones. */
  curve: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      points: z.array(z.strictObject({ time: z.number(), share: z.number() }))
    })
    .optional(),
  milestones: z.array(templateMilestone).min(1)
})

/** A milestone template: rows, order, typical durations and where each comes from. */
export type Template = Readonly<z.infer<typeof template>>

/** One row of a template. */
export type TemplateMilestone = Readonly<z.infer<typeof templateMilestone>>

/** The templates as decoded from `data/templates`. */
export const templates: Readonly<Record<TemplateId, Template>> = {
  'new-school': template.parse(newSchool),
  'small-building': template.parse(smallBuilding),
  'summer-repair': template.parse(summerRepair),
  equipment: template.parse(equipment),
  counted: template.parse(counted)
}
