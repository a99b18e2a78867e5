import type { Milestone, Project } from '../../functions/core/milestone.ts'

/** So many projects of fifteen milestones in strands that part and meet, on calendar days, finish to start with lags. */
export const scheduledProjects = (count: number): readonly Project[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `p${index}`,
    name: `项目 ${index}`,
    start: '2021-03-01',
    milestones: Array.from({ length: 15 }, (_, at) => milestoneAt(at, index))
  }))

const milestoneAt = (at: number, project: number): Milestone => ({
  id: `m${at}`,
  name: `节点 ${at}`,
  phase: 'construction',
  duration: 5 + ((at * 7 + project) % 20),
  calendar: 'daily',
  predecessors: [at - 1, at - 3, at - 4]
    .filter((before, k) => before >= 0 && (k > 0 || at % 3 !== 0))
    .map(before => ({ milestoneId: `m${before}`, type: 'FS', lag: (at + before + project) % 4 }))
})
