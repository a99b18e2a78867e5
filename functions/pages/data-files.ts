import { isCaseEvent } from '../core/case-events.ts'
import type { PageFile } from '../core/ports.ts'
import type { OverviewData } from './overview-page.ts'
import { peopleRemover, publicProject } from './people.ts'
import type { ProjectPageData } from './project-view.ts'

/** `data/projects.json`: what the overview shows. */
export const projectsJson = ({ summaries, dataDate }: OverviewData): PageFile =>
  jsonFile('data/projects.json', { dataDate, projects: summaries })

/**
 * `data/projects/{id}.json`: what the page of a project shows, and its whole log in outline. No person, no note of a
 * reporter, no photograph; reasons of decisions without the people in them.
 */
export const projectJson = ({ state, assessment, commits }: ProjectPageData): PageFile => {
  const { project, original, current, progress, countDone, lastReportOn, lastProgressOn } = state
  const withoutPeople = peopleRemover(project, commits)
  return jsonFile(
    `data/projects/${project.id}.json`,
    {
      dataDate: assessment.dataDate,
      version: state.version,
      project: publicProject(project),
      assessment,
      baselines: { original, current },
      progress: Object.fromEntries(
        Object.entries(progress).map(([id, { note: _note, photos: _photos, delay, ...rest }]) => [
          id,
          { ...rest, ...(delay ? { delay: { code: delay.code } } : {}) }
        ])
      ),
      countDone,
      lastReportOn,
      lastProgressOn,
      history: commits.map(({ version, date, by, events, previousHash, hash }) => ({
        version,
        date,
        role: by.role,
        events: events.filter(event => !isCaseEvent(event)).map(({ type }) => type),
        previousHash,
        hash
      }))
    },
    (key, value: unknown) => (typeof value === 'string' && !isHash(key) ? withoutPeople(value) : value)
  )
}

/** A hash may hold what looks like a telephone number. */
const isHash = (key: string): boolean => key === 'hash' || key === 'previousHash'

const jsonFile = (path: string, data: object, replacer?: (key: string, value: unknown) => unknown): PageFile => ({
  path,
  body: `${JSON.stringify(data, replacer, 1)}\n`,
  contentType: 'application/json; charset=utf-8'
})
