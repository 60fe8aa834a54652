import test from 'brittle'
import { countText, isoText, listText, timeText } from '../../../cli/output/units.ts'

test('what people read is in plain units', (t) => {
  t.is(timeText(0), '0.0 s')
  t.is(timeText(59.94), '59.9 s')
  t.is(timeText(65), '1 min 05 s')
  t.is(timeText(3725), '1 h 02 min')
  t.is(countText(1, 'block'), '1 block')
  t.is(countText(0, 'block'), '0 blocks')
  t.is(listText(['Amina', 'Bo', 'Chen']), 'Amina, Bo and Chen')
  t.is(listText(['Amina']), 'Amina')
})

test('a date that no calendar has is told as its number, and stops nothing', (t) => {
  t.is(isoText(0), '1970-01-01T00:00:00.000Z')
  t.is(isoText(8.64e15), '+275760-09-13T00:00:00.000Z')
  t.is(isoText(Number.MAX_SAFE_INTEGER), '9007199254740991 ms since 1970')
})
