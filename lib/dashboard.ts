import { Duration } from 'aws-cdk-lib'
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  SingleValueWidget,
  Stats,
  TextWidget
} from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { type Alarms, countOf } from './alarms.ts'
import type { Api } from './api.ts'
import type { TrackerConfig } from './config.ts'
import type { FailedEvents } from './failed-events.ts'
import type { FunctionName } from './functions.ts'

/** Properties of {@link Dashboard}. */
export interface DashboardProps {
  readonly config: TrackerConfig
  readonly alarms: Alarms
  readonly api: Api
  readonly failed: ReadonlyMap<FunctionName, FailedEvents>
  /** Address of the site, where it has one. */
  readonly site: string | undefined
}

const day = Duration.days(1)
const hour = Duration.hours(1)
const full = 24
const half = 12
const third = 8

/** One screen that a director reads from the top: is all well, did today's work happen, did everybody get word. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { config, alarms, api, failed, site }: DashboardProps) {
    super(scope, id)
    const address = site === undefined ? '' : ` · [项目进度页](${site})`
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: `tracker-${config.stage}`,
      defaultInterval: Duration.days(7),
      widgets: [
        [
          new TextWidget({
            width: full,
            height: 3,
            markdown: `# 教育建设项目进度系统(${config.stage})\n下面一行全绿即运行正常;红色表示需要值班人员处理,处置办法见 docs/runbook.md。${address}`
          })
        ],
        [new AlarmStatusWidget({ title: '告警 / Alarms', width: full, height: 4, alarms: alarms.all })],
        [
          number('今日复核次数 / Reviews', countOf('review-schedules', 'projectsReviewed', Stats.SAMPLE_COUNT, day)),
          number('今日更新页面 / Pages written', countOf('publish-status', 'pagesWritten', Stats.SUM, day)),
          number('今日接口请求 / Requests', api.stage.metricCount({ statistic: Stats.SUM, period: day }))
        ],
        [
          new GraphWidget({
            title: '请求与出错 / Requests and errors',
            width: half,
            left: [api.stage.metricCount({ statistic: Stats.SUM, period: hour, label: '请求 / requests' })],
            right: [
              api.stage.metricServerError({ statistic: Stats.SUM, period: hour, label: '出错 / 5xx' }),
              api.stage.metricClientError({ statistic: Stats.SUM, period: hour, label: '拒绝 / 4xx' })
            ]
          }),
          new GraphWidget({
            title: '响应时间(毫秒) / Latency (ms)',
            width: half,
            left: ['p50', 'p95', 'p99'].map(statistic =>
              api.stage.metricLatency({ statistic, period: hour, label: statistic })
            )
          })
        ],
        [
          new GraphWidget({
            title: '未送达 / Not delivered',
            width: half,
            left: [
              countOf('send-notices', 'changesFailed', Stats.SUM, hour).with({ label: '即时通知 / notices' }),
              countOf('send-digests', 'digestsFailed', Stats.SUM, hour).with({ label: '每日简报 / digests' })
            ]
          }),
          new GraphWidget({
            title: '待处理的失败事件 / Failed events',
            width: half,
            left: [...failed].map(([name, { queue }]) =>
              queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: hour, label: name })
            )
          })
        ]
      ]
    })
  }
}

const number = (title: string, metric: IMetric): SingleValueWidget =>
  new SingleValueWidget({ title, width: third, height: 4, metrics: [metric], setPeriodToTimeRange: false })
