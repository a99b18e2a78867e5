import type { OverviewData } from '../../functions/pages/overview-page.ts'
import type { ProjectPageData } from '../../functions/pages/project-view.ts'
import { dataDate, pageDataOf, type Sketch, summaryOf, withNeighbours } from './fixture.ts'

type Row = Sketch['rows'][number]

const building = (shift: Partial<Record<string, Partial<Row>>> = {}): readonly Row[] =>
  (
    [
      { id: 'C1', name: '开工', nameEn: 'Works started', start: '2020-09-21', finish: '2020-09-21', done: true },
      {
        id: 'C2',
        name: '基础完工(±0.00)',
        nameEn: 'Foundations done',
        start: '2020-09-22',
        finish: '2020-11-30',
        done: true
      },
      {
        id: 'C3',
        name: '主体封顶',
        nameEn: 'Structure topped out',
        start: '2020-12-01',
        finish: '2021-04-10',
        done: true,
        late: 6
      },
      {
        id: 'C7',
        name: '室内装修及机电',
        nameEn: 'Fit-out and services',
        start: '2021-04-17',
        finish: '2021-07-02',
        percent: 60
      },
      {
        id: 'C8',
        name: '室外配套(管网、道路、操场)',
        nameEn: 'External works',
        start: '2021-05-10',
        finish: '2021-07-10',
        percent: 35,
        float: 12
      },
      {
        id: 'V2',
        name: '竣工验收',
        nameEn: 'Completion accepted',
        phase: 'acceptance',
        start: '2021-07-11',
        finish: '2021-08-06'
      },
      { id: 'U2', name: '交付启用', nameEn: 'In use', phase: 'handover', start: '2021-08-07', finish: '2021-08-20' },
      {
        id: 'F1',
        name: '竣工财务决算',
        nameEn: 'Final accounts',
        phase: 'closeout',
        start: '2021-08-07',
        finish: '2021-11-06',
        float: 40
      }
    ] as const
  ).map((row: Row) => ({ ...row, ...shift[row.id] }))

const allDone = Object.fromEntries(['C7', 'C8', 'V2', 'U2'].map(id => [id, { done: true as const, late: -30 }]))

/** One project for every colour, with a counted one and one whose words must be escaped. */
export const sketches: readonly Sketch[] = [
  {
    id: 'erzhong-phase-2',
    name: '枣庄二中续建二期',
    nameEn: 'Zaozhuang No. 2 Middle School, phase 2',
    light: 'red',
    rules: ['R3', 'R1', 'Y2'],
    requiredBy: '2021-08-25',
    percent: 61.4,
    planned: 74.2,
    lastReportOn: '2021-06-18',
    rows: building({
      C7: { late: 28, delay: 'CONTRACTOR' },
      C8: { late: 41, delay: 'UTIL', float: -9 },
      V2: { late: 34 },
      U2: { late: 34 }
    }),
    checks: [
      {
        id: 'permit-before-start',
        kind: 'law',
        law: '建筑法 §7',
        ok: true,
        text: { zh: '开工在施工许可之后', en: 'Works started after the permit' }
      },
      {
        id: 'filing-in-time',
        kind: 'law',
        law: '质量条例 §49',
        ok: false,
        text: { zh: '竣工验收备案超过 15 日', en: 'Filed more than 15 days after acceptance' }
      }
    ],
    events: [
      [
        '2021-01-15',
        'admin',
        {
          type: 'baseline-approved',
          reason: '年初会议确定,项目负责人张建国(139 1234 5678)汇报',
          dates: { C7: { start: '2021-04-17', finish: '2021-07-02' } }
        }
      ],
      [
        '2021-04-16',
        'reporter',
        {
          type: 'progress-reported',
          reports: [
            { milestoneId: 'C3', actualFinish: '2021-04-16', note: '张建国:已封顶', delay: { code: 'WEATHER' } }
          ]
        },
        { type: 'flag-raised', rule: 'Y1', severity: 'yellow', milestoneId: 'C3', facts: { workingDays: 4 } }
      ],
      ['2021-04-23', 'system', { type: 'flag-cleared', rule: 'Y1', milestoneId: 'C3' }],
      ['2021-05-06', 'reporter', { type: 'no-change-reported', note: '五一放假 张建国' }],
      [
        '2021-05-20',
        'admin',
        {
          type: 'report-corrected',
          corrects: 3,
          reason: '日期看错,来电 13912345678',
          corrections: [{ milestoneId: 'C3', actualFinish: '2021-04-16', forecastFinish: null }]
        }
      ],
      [
        '2021-06-18',
        'reporter',
        {
          type: 'progress-reported',
          reports: [
            { milestoneId: 'C7', percentComplete: 60, forecastFinish: '2021-07-30', delay: { code: 'CONTRACTOR' } },
            {
              milestoneId: 'C8',
              percentComplete: 35,
              forecastFinish: '2021-08-20',
              delay: { code: 'UTIL', note: '找张建国' }
            }
          ]
        },
        { type: 'flag-raised', rule: 'R3', severity: 'red', facts: { workingDays: 21 } }
      ]
    ]
  },
  {
    id: 'shiyan-primary-complex',
    name: '区实验小学综合楼',
    nameEn: 'Shiyan Primary School, main building',
    light: 'yellow',
    rules: ['Y1', 'Y3'],
    requiredBy: '2021-08-25',
    percent: 68.3,
    planned: 74.2,
    lastReportOn: '2021-06-17',
    responsibleUnit: '区实验小学',
    rows: building({ C7: { late: 4, delay: 'MATERIAL' }, U2: { late: 3 } })
  },
  {
    id: 'shiyan-kindergarten-complex',
    name: '区实验幼儿园综合楼',
    nameEn: 'Shiyan Kindergarten, main building',
    light: 'blue',
    rules: ['B1'],
    requiredBy: '2021-08-25',
    percent: 75,
    planned: 74.2,
    lastReportOn: '2021-06-18',
    rows: building()
  },
  {
    id: 'gucheng-linqiao',
    name: '古城学校林桥校区综合楼',
    nameEn: 'Gucheng School, Linqiao campus',
    light: 'green',
    requiredBy: '2021-08-25',
    percent: 76.1,
    planned: 74.2,
    lastReportOn: '2021-06-20',
    town: '马兰屯镇',
    rows: building({ U2: { late: -4 } })
  },
  {
    id: 'hongdong-kindergarten',
    name: '泥沟镇红东幼儿园',
    nameEn: 'Hongdong Kindergarten',
    light: 'stale',
    lastLight: 'yellow',
    rules: ['S1', 'Y1'],
    requiredBy: '2021-08-25',
    percent: 55,
    planned: 70.5,
    lastReportOn: '2021-06-04',
    town: '泥沟镇',
    rows: building({ C7: { late: 5, delay: 'LAND' } })
  },
  {
    id: 'vocational-training-base',
    name: '区职业中专实训基地改扩建',
    nameEn: 'Vocational school, training base',
    programme: '加快推进',
    light: 'paused',
    rules: ['P1'],
    percent: 30,
    planned: 41,
    lastReportOn: '2021-05-19',
    rows: building({ C8: { cancelled: true } }),
    events: [
      ['2021-05-10', 'admin', { type: 'milestone-cancelled', milestoneId: 'C8', reason: '并入综合楼' }],
      ['2021-05-20', 'admin', { type: 'project-paused', reason: '等待规划调整', reviewOn: '2021-07-20' }]
    ]
  },
  {
    id: 'yunhe-shiyan-school',
    name: '运河实验学校',
    programme: '启动实施',
    light: 'no-baseline',
    rules: ['N1'],
    percent: 0,
    provisional: true,
    rows: [
      { id: 'A1', name: '项目建议书批复', phase: 'approval', start: '2021-06-28', finish: '2021-07-09' },
      { id: 'U2', name: '交付启用', phase: 'handover', start: '2027-08-20', finish: '2027-08-20' }
    ],
    events: [['2021-03-01', 'admin', { type: 'project-resumed', reason: '手续已齐' }]]
  },
  {
    id: 'yunhe-central-kindergarten',
    name: '运河街道中心幼儿园',
    nameEn: 'Yunhe Central Kindergarten',
    light: 'done',
    rules: [],
    requiredBy: '2021-08-25',
    percent: 100,
    planned: 74.2,
    lastReportOn: '2021-06-15',
    rows: building(allDone)
  },
  {
    id: 'rural-teacher-flats',
    name: '乡村教师周转宿舍',
    nameEn: 'Rural teachers’ flats',
    programme: '建设 68 套',
    town: '各镇',
    light: 'yellow',
    rules: ['Y2', 'R4'],
    requiredBy: '2021-12-31',
    percent: 32.4,
    planned: 44.1,
    lastReportOn: '2021-06-18',
    count: {
      unit: '套',
      total: 68,
      plan: [
        { date: '2021-04-30', value: 10 },
        { date: '2021-06-20', value: 30 },
        { date: '2021-10-31', value: 68 }
      ]
    },
    countDone: 22,
    rows: [
      { id: 'C1', name: '开工', start: '2021-03-01', finish: '2021-03-01', done: true },
      {
        id: 'U2',
        name: '全部启用',
        phase: 'handover',
        start: '2021-03-02',
        finish: '2021-10-31',
        percent: 32,
        float: 40
      }
    ],
    events: [['2021-06-18', 'reporter', { type: 'progress-reported', reports: [], countDone: 22 }]]
  },
  {
    id: 'escape-me',
    name: '<script>alert("项目")</script> & \'引号\'',
    nameEn: '<script>alert("project")</script> & \'quotes\'',
    programme: '</td><img src=x onerror=alert(1)>',
    town: '"><b>镇</b>',
    light: 'green',
    requiredBy: '2021-08-25',
    percent: 10,
    planned: 10,
    lastReportOn: '2021-06-20',
    rows: [
      {
        id: 'M<1>',
        name: '节点 <b>"一"</b> & 二',
        nameEn: 'Milestone <b>"one"</b> & two',
        phase: '阶段<i>',
        start: '2021-05-01',
        finish: '2021-07-01',
        percent: 10
      }
    ],
    events: [['2021-06-20', 'admin', { type: 'project-resumed', reason: '<svg onload=alert(1)>' }]]
  }
]

/** The pages of the bureau, in order. */
export const projects: readonly ProjectPageData[] = withNeighbours(sketches.map(pageDataOf))

/** The overview of the bureau. */
export const overview: OverviewData = { summaries: projects.map(summaryOf), dataDate }
