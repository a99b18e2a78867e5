import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromDayNumber } from '../../functions/core/dates.ts'
import { delayCodes } from '../../functions/core/delay.ts'
import { delayWords } from '../../functions/core/delay-words.ts'
import type { LedgerKind } from '../../functions/core/ledger.ts'
import { readCell } from '../../functions/import/cell-values.ts'
import { columnLetters, placeOf, type RawCell } from '../../functions/import/raw-rows.ts'
import { delayChoice } from '../../functions/pages/ledger-values.ts'

const said = (kind: LedgerKind, value: RawCell['value'], from1904 = false) => {
  const reading = readCell({ value }, kind, { from1904 })
  return reading.ok ? reading.value : `! ${reading.code}`
}

describe('a date', () => {
  test.each([
    [44_368, '2021-06-21'],
    [44_368.562_5, '2021-06-21T13:30'],
    [44_367.999_999, '2021-06-21'],
    ['2021-06-21', '2021-06-21'],
    ['2021/6/21', '2021-06-21'],
    ['2021.6.21', '2021-06-21'],
    ['2021年6月21日', '2021-06-21'],
    ['2021/06/21', '2021-06-21'],
    [' 2021-06-21 13:30 ', '2021-06-21T13:30'],
    ['2021-06-21T00:00:00.000', '2021-06-21'],
    ['2020-02-29', '2020-02-29'],
    ['', null]
  ])('%j is %s', (value, date) => {
    expect(said('date', value)).toBe(date)
  })

  test.each([
    ['21/6/21'],
    ['6/21/2021'],
    ['2021-6/21'],
    ['2021-02-29'],
    ['2021-6'],
    [0],
    [-5],
    [60],
    [109_575],
    [true]
  ])('%j is none', value => {
    expect(said('date', value)).toBe('! not-a-date')
  })

  test('of a day is read back from the number that Excel has for it, in either of its date systems', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 84_005 }), fc.boolean(), (day, from1904) => {
        const number = day + 25_569 - (from1904 ? 1462 : 0)
        expect(said('date', number, from1904)).toBe(fromDayNumber(day))
      })
    )
  })
})

describe('a percentage', () => {
  test.each([
    [0.8, 80],
    [80, 80],
    ['80%', 80],
    ['80%', 80],
    ['0.8', 80],
    ['80 %', 80],
    [1, 100],
    ['100%', 100],
    ['1%', 1],
    [0, 0],
    [0.333, 33.3],
    ['', null]
  ])('%j is %s', (value, percent) => {
    expect(said('percent', value)).toBe(percent)
  })

  test.each([
    ['1', 'ambiguous-percent'],
    [-0.1, 'not-a-percent'],
    [101, 'not-a-percent'],
    ['eighty', 'not-a-percent'],
    [true, 'not-a-percent']
  ])('%j is none: %s', (value, code) => {
    expect(said('percent', value)).toBe(`! ${code}`)
  })
})

test.each<[LedgerKind, RawCell['value'], unknown]>([
  ['number', '1,234.5', 1234.5],
  ['number', '12', 12],
  ['number', '1.234,5', '! not-a-number'],
  ['number', '0x10', '! not-a-number'],
  ['delay', 'LAND 征地拆迁/阻工', 'LAND'],
  ['delay', 'weather', 'WEATHER'],
  ['delay', '前期手续', 'PERMIT'],
  ['delay', ' 征地拆迁/阻工 ', 'LAND'],
  ['delay', 'Funds not in place', 'FUND'],
  ['delay', 'Others', '! unknown-reason'],
  ['delay', '征地', '! unknown-reason'],
  ['yes', '是', 'yes'],
  ['yes', true, 'yes'],
  ['yes', '否', null],
  ['yes', '也许', '! not-yes-or-no'],
  ['text', ' 雨 ', '雨'],
  ['text', 5, '5'],
  ['text', '\u0007', '! control-character']
])('%s %j is %j', (kind, value, expected) => {
  expect(said(kind, value)).toBe(expected)
})

test('a reason is read by its code, by its words in either language, and as the list has it', () => {
  for (const code of delayCodes) {
    const { zh, en } = delayWords[code]
    expect([code, zh, en, delayChoice(code)].map(words => said('delay', words))).toEqual([code, code, code, code])
  }
})

test('a formula, an error and a cell under a merged one say nothing, whatever they show', () => {
  for (const trouble of ['formula', 'error-value', 'merged-cell'] as const)
    expect(readCell({ value: 44_368, trouble }, 'date', { from1904: false })).toEqual({ ok: false, code: trouble })
})

test('addresses are read back as they are written', () => {
  expect(['A1', 'Z9', 'AA10', 'XFD1048576'].map(placeOf)).toEqual([
    { row: 0, column: 0 },
    { row: 8, column: 25 },
    { row: 9, column: 26 },
    { row: 1_048_575, column: 16_383 }
  ])
  expect(['', 'A', '1', 'a1', 'A0', 'XFE1', 'A1048577', 'AAAA1', 'A1.5', 'A-1'].map(placeOf).filter(Boolean)).toEqual(
    []
  )
  fc.assert(
    fc.property(fc.nat({ max: 16_383 }), fc.nat({ max: 1_048_575 }), (column, row) => {
      expect(placeOf(`${columnLetters(column)}${row + 1}`)).toEqual({ row, column })
    })
  )
})
