/** Reasons for delay of DOMAIN §5; every later date carries one. */
export const delayCodes = [
  'LAND',
  'PERMIT',
  'FUND',
  'DESIGN',
  'TENDER',
  'CONTRACTOR',
  'MATERIAL',
  'WEATHER',
  'ENV',
  'UTIL',
  'FORCE',
  'SCOPE',
  'RECTIFY',
  'OTHER'
] as const

/** A code of DOMAIN §5. */
export type DelayCode = (typeof delayCodes)[number]

/** Why a date is later than it was. `OTHER` needs the note. */
export interface Delay {
  readonly code: DelayCode
  readonly note?: string | undefined
}
