import { isCaseEvent } from '../core/case-events.ts'
import type { Project } from '../core/milestone.ts'
import type { PageFile, SealedCommit } from '../core/ports.ts'
import type { OverviewData } from './overview-page.ts'
import { jsonMayName, peopleRemover, publicProject } from './people.ts'
import type { ProjectPageData } from './project-view.ts'
import { addressOfPart } from './town-page.ts'
import type { TownsData } from './towns-page.ts'

/** `data/projects.json`: what the overview shows; of a part of a divided site `{folder}projects.json`. */
export const projectsJson = (
  { summaries, dataDate }: Pick<OverviewData, 'summaries' | 'dataDate'>,
  path = 'data/projects.json'
): PageFile => jsonFile(path, { dataDate, projects: summaries })

/**
 * What stands in a divided site where a small one has all projects in one file: which files have them. It has no field of
 * the small one's, so that a program that reads only that stops, and does not take a part for the whole.
 */
export const partsJson = ({ parts, dataDate }: TownsData, path: string): PageFile =>
  jsonFile(path, {
    dataDate,
    total: parts.reduce((sum, { total }) => sum + total, 0),
    parts: parts.map(({ town, page, total, folder }) => ({
      town,
      page,
      total,
      projects: `/${addressOfPart(folder)}projects.json`,
      oc4ids: `/${addressOfPart(folder)}oc4ids.json`,
      ledger: `/${addressOfPart(folder)}ledger.xlsx`,
      calendar: `/${addressOfPart(folder)}calendar.ics`
    }))
  })

/**
 * `data/projects/{id}.json`: what the page of a project shows, and its whole log in outline. No person, no note of a
 * reporter, no photograph; reasons of decisions without the people in them.
 */
export const projectJson = ({ state, assessment, commits }: ProjectPageData): PageFile => {
  const { project, original, current, progress, countDone, lastReportOn, lastProgressOn } = state
  const said = textOf({
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
    lastProgressOn
  })
  // Apart, since nobody typed any of it, and a hash may hold what looks like a telephone number.
  const history = textOf({
    history: commits.map(({ version, date, by, events, previousHash, hash }) => ({
      version,
      date,
      role: by.role,
      events: events.filter(event => !isCaseEvent(event)).map(({ type }) => type),
      previousHash,
      hash
    }))
  })
  const body = `${withoutPeople(said, project, commits).slice(0, -'\n}'.length)},${history.slice('{'.length)}\n`
  return { path: `data/projects/${project.id}.json`, body, contentType: jsonType }
}

/** Hardly any text names anybody: one cheap look at all of it comes first. */
const withoutPeople = (json: string, project: Project, commits: readonly SealedCommit[]): string => {
  if (!jsonMayName(json, project, commits)) return json
  const remover = peopleRemover(project, commits)
  const cleaned: unknown = JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'string' ? remover(value) : value
  )
  return textOf(cleaned)
}

const textOf = (data: unknown): string => JSON.stringify(data, null, 1)

const jsonType = 'application/json; charset=utf-8'

const jsonFile = (path: string, data: unknown): PageFile => ({
  path,
  body: `${textOf(data)}\n`,
  contentType: jsonType
})
