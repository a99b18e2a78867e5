/** Text of an XER file from its tables, each a list of records; the fields of a table are those of its first record. */
export const xer = (
  tables: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>
): Uint8Array =>
  new TextEncoder().encode(
    [
      'ERMHDR\t19.12\t2026-01-01\tProject\tus\tus\tdb\tProject Management\tCNY',
      ...Object.entries(tables).flatMap(([name, rows]) => {
        const fields = [...new Set(rows.flatMap(row => Object.keys(row)))]
        return [
          `%T\t${name}`,
          `%F\t${fields.join('\t')}`,
          ...rows.map(row => `%R\t${fields.map(field => row[field] ?? '').join('\t')}`)
        ]
      }),
      '%E',
      ''
    ].join('\n')
  )

const shift = (start: string, finish: string) => `(0||0(s|${start}|f|${finish})())`
const office = shift('08:00', '12:00') + shift('13:00', '17:00')

/** `clndr_data` of Monday to Friday in office hours, with other hours on some days of the week (1 Sunday … 7 Saturday). */
export const clndrData = ({
  week = {},
  exceptions = {}
}: {
  readonly week?: Readonly<Record<number, readonly (readonly [string, string])[]>>
  readonly exceptions?: Readonly<Record<string, readonly (readonly [string, string])[]>>
} = {}): string => {
  const hours = (shifts: readonly (readonly [string, string])[]) => shifts.map(([a, b]) => shift(a, b)).join('')
  const days = [1, 2, 3, 4, 5, 6, 7].map(day => {
    const own = week[day]
    return `(0||${day}()(${own ? hours(own) : day >= 2 && day <= 6 ? office : ''}))`
  })
  const special = Object.entries(exceptions).map(
    ([date, shifts]) => `(0||0(d|${25_569 + Date.parse(`${date}T00:00Z`) / 86_400_000})(${hours(shifts)}))`
  )
  return `(0||CalendarData()((0||DaysOfWeek()(${days.join('')}))(0||Exceptions()(${special.join('')}))))`
}

/** A project that starts on Monday 2026-03-02 with one calendar of forty hours. */
export const project = {
  PROJECT: [
    {
      proj_id: 1,
      proj_short_name: 'YARD',
      clndr_id: 1,
      last_recalc_date: '2026-03-02 00:00',
      plan_start_date: '2026-03-02 00:00',
      plan_end_date: ''
    }
  ],
  CALENDAR: [
    { clndr_id: 1, clndr_name: 'forty hours', clndr_type: 'CA_Base', base_clndr_id: '', clndr_data: clndrData() }
  ]
} as const

/** An activity on the project's calendar, not begun. */
export const task = (id: number, hours: number, more: Readonly<Record<string, string | number>> = {}) => ({
  task_id: id,
  proj_id: 1,
  clndr_id: 1,
  task_type: 'TT_Task',
  status_code: 'TK_NotStart',
  task_code: `A${id}`,
  task_name: `Activity ${id}`,
  target_drtn_hr_cnt: hours,
  remain_drtn_hr_cnt: hours,
  complete_pct_type: 'CP_Drtn',
  ...more
})

/** A relationship. */
export const pred = (to: number, from: number, type = 'PR_FS', lag = 0) => ({
  task_pred_id: `${from}-${to}`,
  task_id: to,
  pred_task_id: from,
  proj_id: 1,
  pred_type: type,
  lag_hr_cnt: lag
})
