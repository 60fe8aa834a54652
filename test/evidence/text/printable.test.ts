import test from 'brittle'
import { clock, count, excerpt, isoTime, quoted } from '../../../core/evidence/text/printable.ts'

test('hostile text is quoted into plain characters, and can be read back', (t) => {
  const hostile = [
    '\u001b[31mred',
    'a\nb',
    '\u202eabc',
    'x\u200by',
    '\ud800',
    'Zoé "q" \\',
    '\u2028',
    '\u0000'
  ]
  for (const text of hostile) {
    const safe = quoted(text)
    t.absent(
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]/.test(safe)
    )
    t.is(JSON.parse(safe), text)
  }
  t.is(quoted('Zoé'), '"Zoé"', 'what is harmless stays as it is')
})

test('an excerpt is short', (t) => {
  t.is(excerpt('abc'), '"abc"')
  t.is(excerpt('a'.repeat(500), 4), '"aaaa"...')
})

test('media time reads like a clock', (t) => {
  t.is(clock(0), '00:00.0')
  t.is(clock(12.34), '00:12.3')
  t.is(clock(0.3), '00:00.3')
  t.is(clock(61), '01:01.0')
  t.is(clock(3661.5), '1:01:01.5')
})

test('a time no calendar has is still text', (t) => {
  t.is(isoTime(0), '1970-01-01T00:00:00.000Z')
  t.is(isoTime(Number.MAX_SAFE_INTEGER), '9007199254740991 ms since 1970')
})

test('one block, two blocks', (t) => {
  t.is(count(1, 'block'), '1 block')
  t.is(count(2, 'block'), '2 blocks')
})
