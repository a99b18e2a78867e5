/** A property of iCalendar: its name with parameters, and its value as it is written. */
export type CalendarProperty = readonly [name: string, value: string]

/**
 * A component with its content as RFC 5545 writes it: lines of 75 octets at most, each ended by CRLF. A site of a thousand
 * projects has fifty thousand events, so that a general library, with objects and dates for each, took a tenth of it.
 */
export const calendarComponent = (
  name: 'VCALENDAR' | 'VEVENT',
  properties: readonly CalendarProperty[],
  inside: readonly string[] = []
): string => {
  let text = `BEGIN:${name}\r\n`
  for (const [property, value] of properties) text += folded(`${property}:${value}`)
  return `${text}${inside.join('')}END:${name}\r\n`
}

/** A text as a value (RFC 5545 §3.3.11). */
export const calendarText = (text: string): string => text.replace(/[\\;,]/g, String.raw`\$&`).replaceAll('\n', '\\n')

/** A civil date as a value. */
export const calendarDate = (date: string): string => date.replaceAll('-', '')

/** An instant as a value, in UTC. */
export const calendarInstant = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

const longestLine = 75

/** A line broken between characters, so that none has more octets than {@link longestLine}; what goes on begins with a space. */
const folded = (line: string): string => {
  // No character of UTF-16 takes more than three octets in UTF-8.
  if (line.length * 3 <= longestLine) return `${line}\r\n`
  let text = ''
  let from = 0
  let octets = 0
  for (let at = 0; at < line.length; at += 1) {
    const size = octetsOf(line.charCodeAt(at))
    if (octets + size > longestLine && !isSecondHalf(line.charCodeAt(at))) {
      text += `${line.slice(from, at)}\r\n `
      from = at
      octets = 1
    }
    octets += size
  }
  return `${text}${line.slice(from)}\r\n`
}

/** Octets of a code unit in UTF-8; those of a surrogate pair stand with its first half. */
const octetsOf = (unit: number): number => {
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  if (isSecondHalf(unit)) return 0
  return unit >= 0xd800 && unit < 0xdc00 ? 4 : 3
}

const isSecondHalf = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000
