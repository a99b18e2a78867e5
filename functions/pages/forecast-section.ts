import type { FinishForecast } from '../core/forecast.ts'
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
  const { p50, p80, onTimeProbability, sample } = forecast
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
<p><small>${methodText(forecast, say)} ${say('样本', 'Sample')}: n = ${sample.n}, ${sample.source}</small></p>`
  )
}

const methodText = ({ method }: FinishForecast, say: Say): string =>
  method === 'simulated-network'
    ? say(
        '方法:对余下网络计划模拟 512 次,工期按参照类别的超期分布抽取。',
        'Method: 512 simulated runs of the network that is left, durations drawn from the overruns of a reference class.'
      )
    : say(
        '方法:对余下网络计划模拟 512 次,工期按参照类别的超期分布抽取,与挣得进度各占一半。',
        'Method: 512 simulated runs of the network that is left, durations drawn from the overruns of a reference class, halved with earned schedule.'
      )
