/**
 * Where an address of the Internet protocol leads: `public`, anywhere; `internal`, a network of one's own (RFC 1918,
 * RFC 4193); `loopback`, this very machine; `special`, what no message belongs to: link-local addresses with the metadata
 * of clouds among them, shared, documentation, translation and multicast addresses (registries of IANA, RFC 6890).
 */
export type AddressReach = 'public' | 'internal' | 'loopback' | 'special'

/** Where an address leads, in the form in which the system and `URL` write it; what is no address is `special`. */
export const reachOf = (address: string): AddressReach => {
  const text = address.replace(/^\[(.*)\]$/, '$1')
  return text.includes(':') ? reachOfLong(text) : reachOfShort(text)
}

const numberOf = (address: string): number | undefined => {
  const parts = address.split('.')
  const isForm = parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256)
  return isForm ? parts.reduce((sum, part) => sum * 256 + Number(part), 0) : undefined
}

/** Ranges of IPv4 that are not public: first address, length of the prefix, where it leads. */
const shortRanges: readonly (readonly [first: string, bits: number, reach: AddressReach])[] = [
  ['0.0.0.0', 8, 'special'],
  ['10.0.0.0', 8, 'internal'],
  ['100.64.0.0', 10, 'special'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'special'],
  ['172.16.0.0', 12, 'internal'],
  ['192.0.0.0', 24, 'special'],
  ['192.0.2.0', 24, 'special'],
  ['192.88.99.0', 24, 'special'],
  ['192.168.0.0', 16, 'internal'],
  ['198.18.0.0', 15, 'special'],
  ['198.51.100.0', 24, 'special'],
  ['203.0.113.0', 24, 'special'],
  ['224.0.0.0', 3, 'special']
]

const reachOfShort = (address: string): AddressReach => {
  const number = numberOf(address)
  if (number === undefined) return 'special'
  const range = shortRanges.find(([first, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(number / size) === Math.floor((numberOf(first) ?? 0) / size)
  })
  return range?.[2] ?? 'public'
}

const reachOfLong = (address: string): AddressReach => {
  const groups = groupsOf(address)
  if (groups === undefined) return 'special'
  const [first = 0, second = 0] = groups
  const high = groups.slice(0, 5).every(group => group === 0)
  if (high && groups[5] === 0xffff) return reachOfShort(embedded(groups))
  if (high && groups[5] === 0 && groups[6] === 0 && groups[7] === 1) return 'loopback'
  // The address of the metadata of EC2 is one of a network of one's own by its form.
  if (first >= 0xfc00 && first < 0xfe00) return first === 0xfd00 && second === 0x0ec2 ? 'special' : 'internal'
  const isTranslated = first === 0x2002 || (first === 0x2001 && second < 0x0200)
  const isDocumentation = (first === 0x2001 && second === 0x0db8) || (first === 0x3fff && second < 0x1000)
  return first >= 0x2000 && first < 0x4000 && !isTranslated && !isDocumentation ? 'public' : 'special'
}

const embedded = (groups: readonly number[]): string =>
  groups
    .slice(6)
    .flatMap(group => [group >> 8, group & 255])
    .join('.')

/** The eight groups of an address of IPv6; the last two may be written as IPv4, and a zone does not matter. */
const groupsOf = (address: string): readonly number[] | undefined => {
  const [plain = ''] = address.split('%')
  const short = /(?<=:)\d+\.\d+\.\d+\.\d+$/.exec(plain)?.[0]
  const number = short === undefined ? 0 : numberOf(short)
  if (number === undefined) return undefined
  const tail = `${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}`
  const halves = (short === undefined ? plain : plain.slice(0, -short.length) + tail).split('::')
  const [head = [], end = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - end.length
  if (halves.length > 2 || missing < 0 || (halves.length === 1 && missing > 0)) return undefined
  const groups = [...head, ...Array<string>(missing).fill('0'), ...end]
  return groups.every(group => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map(group => Number.parseInt(group, 16))
    : undefined
}
