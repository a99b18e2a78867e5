import type { DelayCode } from './delay.ts'
import type { Text } from './text.ts'

/** Reasons for delay of DOMAIN §5. */
export const delayWords: Readonly<Record<DelayCode, Text>> = {
  LAND: { zh: '征地拆迁/阻工', en: 'land clearance' },
  PERMIT: { zh: '前期手续', en: 'permits' },
  FUND: { zh: '资金未到位', en: 'funds not in place' },
  DESIGN: { zh: '设计变更', en: 'change of design' },
  TENDER: { zh: '招投标/质疑流标', en: 'tender challenged or failed' },
  CONTRACTOR: { zh: '施工组织/劳动力', en: "contractor's organisation or labour" },
  MATERIAL: { zh: '材料设备', en: 'materials and equipment' },
  WEATHER: { zh: '天气/冬施', en: 'weather' },
  ENV: { zh: '重污染/环保停工', en: 'stop for air quality' },
  UTIL: { zh: '管线/水电气配套', en: 'utilities' },
  FORCE: { zh: '疫情/不可抗力', en: 'epidemic or force majeure' },
  SCOPE: { zh: '规模标准调整', en: 'change of scope or standard' },
  RECTIFY: { zh: '验收整改', en: 'rectification after acceptance' },
  OTHER: { zh: '其他', en: 'other' }
}
