import { daysBetween } from '../core/dates.ts'
import type { ScheduleDate } from '../core/milestone.ts'
import type { SealedCommit, WeekChange } from '../core/ports.ts'
import type { EntryMilestone, EntryNews, SiteEntry } from '../core/site-entry.ts'
import { progressOf } from '../core/state.ts'
import { summaryOf } from '../core/summary.ts'
import { eventTexts } from './event-words.ts'
import { languages } from './language.ts'
import { peopleRemover } from './people.ts'
import { milestoneNames, type ProjectPageData } from './project-view.ts'

/** So many commits of one project are told in the feed. */
const newsAtMost = 20

/** What an entry is made of. */
type EntryData = Pick<ProjectPageData, 'state' | 'assessment' | 'commits'>

/** What an entry needs of the past of its project. */
export interface ProjectPast {
  /** The projected finishes on the day of the last commit, by milestone: those that differ were moved by time alone. */
  readonly finishesAtLastCommit: ReadonlyMap<string, ScheduleDate>
  /** What changed since Monday, where anything did. */
  readonly week: WeekChange | undefined
}

/** What the files about many projects show of one. */
export const siteEntryOf = (data: EntryData, { finishesAtLastCommit, week }: ProjectPast): SiteEntry => {
  const { state, assessment, commits } = data
  return {
    summary: { ...summaryOf(state, assessment), week },
    milestones: entryMilestones(data),
    news: newsOf(data),
    revision: revisionOf(data, finishesAtLastCommit, commits[0])
  }
}

/** The milestones of a project as the files about many show them, in the order of its plan. */
export const entryMilestones = ({
  state,
  assessment
}: Pick<ProjectPageData, 'state' | 'assessment'>): readonly EntryMilestone[] => {
  const plans = new Map(state.project.milestones.map(milestone => [milestone.id, milestone]))
  return assessment.milestones.flatMap(at => {
    const plan = plans.get(at.id)
    if (!plan) return []
    const { actualStart, actualFinish, forecastFinish, delay } = progressOf(state, at.id)
    return [
      {
        id: at.id,
        name: plan.name,
        nameEn: plan.nameEn,
        phase: plan.phase,
        status: at.status,
        light: at.light,
        percentComplete: at.percentComplete,
        originalFinish: at.originalFinish,
        baselineFinish: at.baselineFinish,
        finish: at.projectedFinish ?? at.baselineFinish,
        actualStart,
        actualFinish,
        forecastFinish,
        delay: delay?.code,
        lateWorkingDays: at.variance?.workingDays ?? null
      }
    ]
  })
}

const newsOf = ({ state, commits }: EntryData): readonly EntryNews[] => {
  const { project } = state
  const unit = project.count?.unit ?? ''
  const withoutPeople = peopleRemover(project, commits)
  const contexts = languages.map(lang => ({ lang, nameOf: milestoneNames(project, lang), withoutPeople, unit }))
  const news: EntryNews[] = []
  for (const { version, at, date, by, hash, events } of commits) {
    if (news.length === newsAtMost) break
    const [zh = [], en = []] = contexts.map(context => eventTexts(events, context))
    const sentences = zh.map((text, i) => ({ zh: text, en: en[i] ?? text }))
    if (sentences.length > 0) news.push({ version, at, date, role: by.role, hash, sentences })
  }
  return news
}

/**
 * A pure function of log and data date that grows with both: the days since registration and the version. Where no date
 * has moved since the last commit it is that commit's; waiting never makes a projection earlier, so it cannot have moved
 * and come back.
 */
const revisionOf = (
  { state, assessment }: EntryData,
  finishesAtLastCommit: ProjectPast['finishesAtLastCommit'],
  last: SealedCommit | undefined
): SiteEntry['revision'] => {
  const moved = assessment.milestones.some(
    ({ id, projectedFinish }) => projectedFinish !== (finishesAtLastCommit.get(id) ?? null)
  )
  const since = moved || !last ? assessment.dataDate : state.changedOn
  return {
    number: state.version + Math.max(0, daysBetween(state.registeredOn, since)),
    at: moved || !last ? `${assessment.dataDate}T00:00:00+08:00` : last.at
  }
}
