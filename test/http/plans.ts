/** A plan with a baseline, small enough to read: 开工 → 主体封顶 → 竣工验收 → 交付启用. */
export const plan = (more: object = {}) => ({
  id: 'school',
  name: '示例小学综合楼',
  nameEn: 'Example school',
  programme: '续建启用',
  town: '运河街道',
  responsibleUnit: '规划建设科',
  manager: { name: '张三', contact: '13800000000' },
  requiredBy: '2021-12-31',
  start: '2021-03-01',
  calendars: {
    site: {
      base: 'daily',
      exceptions: [{ from: '2021-02-05', to: '2021-02-20', working: false, name: '春节停工' }]
    }
  },
  milestones: [
    { id: 'C1', name: '开工', phase: 'construction', duration: 0, baseline: span('2021-03-01', '2021-03-01') },
    {
      id: 'C3',
      name: '主体封顶',
      phase: 'construction',
      duration: 105,
      calendar: 'site',
      weight: 20,
      predecessors: [{ milestoneId: 'C1', type: 'FS', lag: 0 }],
      baseline: span('2021-03-02', '2021-07-15')
    },
    {
      id: 'V2',
      name: '竣工验收',
      phase: 'acceptance',
      duration: 60,
      calendar: 'site',
      predecessors: [{ milestoneId: 'C3' }],
      baseline: span('2021-07-16', '2021-09-30')
    },
    {
      id: 'U2',
      name: '交付启用',
      phase: 'handover',
      duration: 5,
      predecessors: [{ milestoneId: 'V2' }],
      baseline: span('2021-10-08', '2021-10-14')
    }
  ],
  ...more
})

export const span = (start: string, finish: string) => ({ start, finish })
