import type { IsoDate } from '../core/dates.ts'
import { closeoutPhase, type ScheduleDate } from '../core/milestone.ts'
import type { PageFile, Summary } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import type { EntryMilestone, SiteEntry } from '../core/site-entry.ts'
import { demonstrationMark, projectFolder, siteTitle } from './layout.ts'

/** The version of the standard that the package keeps to (Open Contracting for Infrastructure Data Standards). */
const standardVersion = '0.9'

/**
 * All projects as a package of OC4IDS, the open data standard for infrastructure projects (CoST and Open Contracting
 * Partnership, https://standard.open-contracting.org/infrastructure/). It has no field for money here, since the tracker
 * keeps none, and none for people.
 * @param siteUrl address of the site, `https://…/`; without it the package is named by a URN.
 * @param path where it stands in the site.
 */
export const infrastructurePackageFile = (
  entries: readonly SiteEntry[],
  dataDate: IsoDate,
  siteUrl: string | undefined,
  path = 'data/oc4ids.json'
): PageFile => {
  const content = {
    uri: siteUrl === undefined ? `urn:capital-project-tracker:${encodeURI(path)}` : `${siteUrl}${encodeURI(path)}`,
    publishedDate: startOf(dataDate),
    version: standardVersion,
    publisher: { name: siteTitle('zh') },
    projects: entries.map(entry => projectOf(entry, siteUrl))
  }
  return { path, body: `${JSON.stringify(content, null, 1)}\n`, contentType: 'application/json; charset=utf-8' }
}

const projectOf = ({ summary, milestones, news }: SiteEntry, siteUrl: string | undefined) => {
  const { id, name, town, responsibleUnit, programme, owed, scope, stages, percentComplete, dataDate } = summary
  const authority = responsibleUnit === undefined ? undefined : { id: responsibleUnit, name: responsibleUnit }
  const { started, completed, inUse } = stages ?? {}
  const updated = news[0]?.at
  return {
    id: `capital-project-tracker-${id}`,
    ...(updated === undefined ? {} : { updated }),
    title: name,
    language: 'zh',
    ...(descriptionOf(summary) === undefined ? {} : { description: descriptionOf(summary) }),
    status: statusOf(summary),
    ...periodOf('period', started?.projected ?? firstOf(milestones), inUse?.projected ?? summary.projectedFinish),
    sector: ['education'],
    ...(owed === undefined && programme === undefined ? {} : { purpose: owed ?? programme }),
    ...(scope === undefined
      ? {}
      : { additionalClassifications: [{ scheme: 'scope', id: 'scope', description: scope }] }),
    ...(town === undefined ? {} : { locations: [{ id: town, description: town }] }),
    ...(authority === undefined
      ? {}
      : { publicAuthority: authority, parties: [{ ...authority, roles: ['publicAuthority'] }] }),
    ...(started ? periodOf('preparationPeriod', firstOf(milestones), started.projected) : {}),
    ...(started && completed ? periodOf('implementationPeriod', started.projected, completed.projected) : {}),
    ...(completed && inUse ? periodOf('completionPeriod', completed.projected, inUse.projected) : {}),
    ...(inUse?.reached && inUse.projected !== null ? { completion: { endDate: endOf(inUse.projected) } } : {}),
    metrics: [
      {
        id: 'physicalProgress',
        title: '完成比例',
        observations: [
          {
            id: `physicalProgress-${dataDate}`,
            period: { endDate: endOf(dataDate) },
            measure: percentComplete,
            unit: { name: '%', scheme: 'UNCEFACT', id: 'P1' }
          }
        ]
      }
    ],
    ...(milestones.length > 0 ? { milestones: milestones.map(milestoneOf) } : {}),
    ...(siteUrl === undefined
      ? {}
      : {
          documents: [
            {
              id: 'status-page',
              title: '进度页面',
              url: `${siteUrl}${projectFolder(id)}`,
              format: 'text/html',
              language: 'zh'
            }
          ]
        })
  }
}

const descriptionOf = ({ demonstration, nameEn }: Summary): string | undefined =>
  [nameEn, demonstration ? demonstrationMark('zh') : undefined].filter(part => part !== undefined).join(' · ') ||
  undefined

/** The stage by what has been reached; 竣工 ends the works, 启用 the project. */
const statusOf = ({ light, stages }: Summary): string => {
  if (light === 'done' || stages?.inUse?.reached) return 'maintenance'
  if (stages?.completed?.reached) return 'completion'
  return stages?.started && !stages.started.reached ? 'preparation' : 'implementation'
}

const milestoneOf = (milestone: EntryMilestone) => {
  const { id, name, phase, status, baselineFinish, finish } = milestone
  const due = baselineFinish ?? finish
  return {
    id,
    title: name,
    type: milestoneTypes[phase ?? ''] ?? 'delivery',
    ...(codes[id] === undefined ? {} : { code: codes[id] }),
    ...(due === null ? {} : { dueDate: endOf(due) }),
    ...(status === 'done' && finish !== null ? { dateMet: endOf(finish) } : {}),
    status: statuses[status]
  }
}

const statuses: Readonly<Record<EntryMilestone['status'], string>> = {
  'not-started': 'scheduled',
  'in-progress': 'scheduled',
  done: 'met',
  cancelled: 'notMet'
}

const milestoneTypes: Readonly<Record<string, string>> = {
  approval: 'approval',
  permit: 'approval',
  tender: 'procurement',
  acceptance: 'assessment',
  [closeoutPhase]: 'reporting'
}

/** Ids of DOMAIN §2 that the standard has a code for. */
const codes: Readonly<Record<string, string>> = {
  A1: 'projectApproval',
  A4: 'projectApproval',
  C1: 'commencement',
  V2: 'completion'
}

const firstOf = (milestones: readonly EntryMilestone[]): ScheduleDate | null =>
  milestones
    .flatMap(({ finish }) => finish ?? [])
    .reduce<ScheduleDate | null>((a, b) => (a === null || b < a ? b : a), null)

/** A period of that name, left out where neither end is known: the standard has no empty ones. */
const periodOf = (name: string, start: ScheduleDate | null, end: ScheduleDate | null) =>
  start === null && end === null
    ? {}
    : {
        [name]: {
          ...(start === null ? {} : { startDate: startOf(start) }),
          ...(end === null ? {} : { endDate: endOf(end) })
        }
      }

const startOf = (date: ScheduleDate): string => `${dateOf(date)}T00:00:00+08:00`

/** The last second of an inclusive day, as the standard writes the end of a period. */
const endOf = (date: ScheduleDate): string => `${dateOf(date)}T23:59:59+08:00`
