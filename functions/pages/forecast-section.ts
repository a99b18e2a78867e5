import { assessmentRuns, type FinishForecast } from '../core/forecast.ts'
import { timeMarkup } from './date-text.ts'
import type { Say } from './language.ts'
import { html, type Markup } from './markup.ts'
import { percentText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/** The forecast of the finish with its method and sample; nothing once the project is done. */
export const forecastSection = ({ assessment, lang, say }: ProjectView): Markup | undefined => {
  const { forecast } = assessment
  if (!forecast || forecast.method === 'actual') return undefined
  const { p50, p80, onTimeProbability } = forecast
  return section(
    'forecast',
    say('启用日期预测', 'Forecast of the opening'),
    html`<p>${say('一半把握(P50)', 'Even odds (P50): ')}${timeMarkup(p50, lang)}${say(',八成把握(P80)', '; four in five (P80): ')}${timeMarkup(p80, lang)}${
      onTimeProbability !== null &&
      say(
        `;按要求日期启用的可能性 ${percentText(100 * onTimeProbability)}`,
        `; chance to be in use by the required date: ${percentText(100 * onTimeProbability)}`
      )
    }${say('。', '.')}</p>
<p><small>${methodText(forecast, say)} ${sampleText(forecast, say)}</small></p>`
  )
}

const methodText = ({ method }: FinishForecast, say: Say): string => {
  const network = say(
    `方法:对余下网络计划模拟 ${assessmentRuns} 次,工期按已完成工作的超期分布抽取`,
    `Method: ${assessmentRuns} simulated runs of the network that is left, durations drawn from how finished works overran`
  )
  return method === 'simulated-network'
    ? say(`${network}。`, `${network}.`)
    : say(
        `${network},再与挣得进度结合:开始时各占一半,完成越多,挣得进度占比越大。`,
        `${network}, together with earned schedule: half and half at the start, more of it the more is done.`
      )
}

/** Whose finished works the durations rest on, the nearest first. */
const sampleText = ({ sample: { n, source, own, kind } }: FinishForecast, say: Say): string => {
  const reference = source.split('; ').at(-1) ?? source
  const parts = [
    say(`本项目已完成 ${own} 项`, `${own} finished works of the project`),
    ...(kind > 0 ? [say(`同类工程 ${kind} 项`, `${kind} of its kind`)] : []),
    say(`参照类别 ${n - own - kind} 项(${reference})`, `${n - own - kind} of the reference class (${reference})`)
  ]
  return say(`样本:${parts.join('、')}。`, `Sample: ${parts.join(', ')}.`)
}
