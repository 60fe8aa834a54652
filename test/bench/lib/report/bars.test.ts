import test from 'brittle'
import { replaceBetween, textBetween } from '../../../../bench/lib/report/results-page.ts'
import { barTable } from '../../../../bench/lib/report/table.ts'

const figure = (what: string, value: number, bar: number | null) => ({
  what,
  value,
  bar,
  unit: 's'
})
const PAGE = '# Results\n\n<!-- bars -->\n<!-- /bars -->\n\nthe rest\n'

test('bars of scenarios that were not run stay, and those measured again are renewed', (t) => {
  const first = barTable([figure('live', 1, 2), figure('cut', 3, 2), figure('free', 1, null)])
  const page = replaceBetween(PAGE, 'bars', `### The bars\n\n${first}`)
  const second = barTable([figure('cut', 1.5, 2), figure('start', 4, 5)], textBetween(page, 'bars'))
  const rows = second.split('\n').slice(2)
  t.alike(
    rows.map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
    ),
    [
      ['live', '1 s', '2 s', 'yes'],
      ['cut', '1.500 s', '2 s', 'yes'],
      ['start', '4 s', '5 s', 'yes']
    ]
  )
  t.is(textBetween(replaceBetween(page, 'bars', second), 'bars'), second)
})

test('an empty place takes the first bars', (t) => {
  t.is(textBetween(PAGE, 'bars'), '')
  t.ok(barTable([figure('live', 3, 2)], '').endsWith('no  |'))
})
