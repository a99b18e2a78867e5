import { expect, test } from 'vitest'
import { reachOf } from '../../functions/core/internet-address.ts'

test.each([
  ['8.8.8.8', 'public'],
  ['223.5.5.5', 'public'],
  ['9.255.255.255', 'public'],
  ['11.0.0.0', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['10.0.0.0', 'internal'],
  ['10.255.255.255', 'internal'],
  ['172.16.0.0', 'internal'],
  ['172.31.255.255', 'internal'],
  ['192.168.0.1', 'internal'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['0.0.0.0', 'special'],
  ['100.64.0.1', 'special'],
  ['100.100.100.200', 'special'],
  ['169.254.169.254', 'special'],
  ['198.19.255.255', 'special'],
  ['224.0.0.1', 'special'],
  ['255.255.255.255', 'special'],
  ['2001:4860:4860::8888', 'public'],
  ['240e::1', 'public'],
  ['[2400:3200::1]', 'public'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['::', 'special'],
  ['fc00::1', 'internal'],
  ['fdff:ffff::1', 'internal'],
  ['fd00:ec2::254', 'special'],
  ['fe80::1', 'special'],
  ['fe80::1%eth0', 'special'],
  ['ff02::1', 'special'],
  ['2001:db8::1', 'special'],
  ['2001:0:53aa::1', 'special'],
  ['2002:7f00:1::1', 'special'],
  ['64:ff9b::7f00:1', 'special'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:10.1.2.3', 'internal'],
  ['::ffff:a9fe:a9fe', 'special'],
  ['::ffff:8.8.8.8', 'public'],
  ['::127.0.0.1', 'special']
] as const)('%s leads to: %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach)
})

test.each([
  '',
  'localhost',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '2130706433',
  '0x7f.0.0.1',
  ':::1',
  '1::2::3',
  '1:2:3',
  'g::1'
])('%j is no address, and leads nowhere', text => {
  expect(reachOf(text)).toBe('special')
})
