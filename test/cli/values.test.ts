import b4a from 'b4a'
import test from 'brittle'
import z32 from 'z32'
import {
  byPrefix,
  durationMs,
  hostAndPort,
  nameText,
  seconds,
  wholeNumber
} from '../../cli/values.ts'
import { refusalOf } from '../helpers/refused.ts'

const refused = (fn: () => unknown): string | null => refusalOf(fn)?.message ?? null

const DAY_MS = 86_400_000

test('times are told with their unit', (t) => {
  const bounds = { min: 1000, max: 30 * DAY_MS }
  const fits: [string, number][] = [
    ['90s', 90_000],
    ['30m', 30 * 60_000],
    ['30min', 30 * 60_000],
    ['2h', 2 * 3_600_000],
    ['1d', DAY_MS],
    ['30d', 30 * DAY_MS]
  ]
  for (const [text, ms] of fits) t.is(durationMs('--expires', text, bounds), ms, text)
  for (const text of ['', '2', 'h', '0s', '-2h', '2.5h', '2 h', '31d', '99999999999d', '2hours']) {
    const why = refused(() => durationMs('--expires', text, bounds))
    t.ok(why?.startsWith('--expires takes a time between 1s and 30d'), `${text}: ${why}`)
  }
})

test('a time that does not fit is refused with some that do', (t) => {
  const days = { min: 7 * DAY_MS, max: 3650 * DAY_MS }
  t.is(
    refused(() => durationMs('--grace', '3d', days)),
    '--grace takes a time between 7d and 3650d, such as 30d or 90d, not "3d"'
  )
})

test('numbers are plain digits within their bounds', (t) => {
  t.is(wholeNumber('--uses', '40', { min: 1, max: 256 }), 40)
  t.is(seconds('--from', '3.25', { min: 0, max: 100 }), 3.25)
  for (const text of ['', '0', '257', '1e2', '0x10', ' 4', '4.0', '-1', 'NaN']) {
    t.ok(
      refused(() => wholeNumber('--uses', text, { min: 1, max: 256 })),
      text
    )
  }
  for (const text of ['', '-1', '101', '1e1', '.5', 'Infinity']) {
    t.ok(
      refused(() => seconds('--from', text, { min: 0, max: 100 })),
      text
    )
  }
})

test('an address is a host and a port', (t) => {
  t.alike(hostAndPort('--bootstrap', '192.0.2.1:49737'), { host: '192.0.2.1', port: 49737 })
  t.alike(hostAndPort('--bootstrap', 'dht.example:1'), { host: 'dht.example', port: 1 })
  t.alike(hostAndPort('--bootstrap', '[2001:db8::1]:8'), { host: '2001:db8::1', port: 8 })
  for (const text of ['', 'a', 'a:', ':1', 'a:0', 'a:65536', 'a:b', 'a b:1', '2001:db8::1:8']) {
    t.ok(
      refused(() => hostAndPort('--bootstrap', text)),
      text
    )
  }
})

test('a name is one line of at most 64 bytes, without what cannot be seen', (t) => {
  t.is(nameText('--name', ' Zoé '), 'Zoé')
  t.is(nameText('--name', 'é'.repeat(32)), 'é'.repeat(32))
  for (const text of ['', ' ', 'a\nb', 'a\u202eb', 'é'.repeat(33), 'x'.repeat(65)]) {
    t.ok(
      refused(() => nameText('--name', text)),
      text
    )
  }
})

test('a key is named by enough of its first letters to be the only one', (t) => {
  const keys = ['aaaaaaaa', 'aaaaaabb', 'bbbbbbbb'].map((hex) => b4a.from(hex.repeat(8), 'hex'))
  const find = (text: string) => byPrefix('A recording', text, keys, (key) => key)
  const texts = keys.map((key) => z32.encode(key))
  t.is(find(texts[2]!.slice(0, 6)), keys[2])
  t.is(find(texts[2]!.toUpperCase()), keys[2])
  t.is(find('yyyyyyyy'), null)
  t.ok(refused(() => find(texts[2]!.slice(0, 5)))?.includes('first 6 letters'))
  t.is(find(texts[0]!.slice(0, 6)), keys[0])
})

test('several keys that begin alike ask for more letters', (t) => {
  const first = b4a.alloc(32, 7)
  const second = b4a.from(first)
  second[31]! ^= 1
  const wanted = z32.encode(first).slice(0, 10)
  const why = refused(() => byPrefix('A device', wanted, [first, second], (key) => key))
  t.ok(why?.includes('give more letters'), String(why))
})
