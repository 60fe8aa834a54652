import b4a from 'b4a'
import test from 'brittle'
import type { JournalLine } from '../../../core/circle/roster.ts'
import type { Seen } from '../../../core/encoding/journal/journal-entry.ts'
import { History } from './histories.ts'
import { Story } from './story.ts'

test('a story is the history that it tells, statement by statement', (t) => {
  const wanted = new History('ben:organiser', 'cleo')
  wanted.adds('ben', 'dora', 'relay')
  wanted.role('ana', 'cleo', 'keeper')
  wanted.owns('cleo', 'ben')
  wanted.seconds('cleo', wanted.revokes('ana', 'ben'))
  wanted.reinstates('cleo', 'ben')
  const { circle } = new Story(`
    circle ben:organiser cleo
    ben adds dora:relay
    ana makes cleo:keeper
    cleo owns ben
    ana revokes ben
    cleo seconds ana on ben
    cleo reinstates ben
    members ana`)
  t.alike(circle.lines, wanted.lines)
})

test('what somebody knows is everything, unless the story says less or more', (t) => {
  const lengths = (knows: string): Record<string, number> => {
    const { circle } = new Story(`
      circle ben cleo
      ben owns cleo
      cleo owns ben
      cleo owns cleo
      ana owns ben ${knows}
      members ana`)
    const { seen } = circle.lines.at(-1)!.entry.body as { seen: Seen[] }
    return Object.fromEntries(
      seen.map(({ journal, length }) => [authorOf(circle, journal), length])
    )
  }
  t.alike(lengths(''), { ana: 3, ben: 1, cleo: 2 })
  t.alike(lengths('(knows nothing)'), {})
  t.alike(lengths('(knows the founding)'), { ana: 3 })
  t.alike(lengths('(knows cleo on ben)'), { cleo: 1 })
  t.alike(lengths('(knows all to cleo on ben)'), { ana: 3, ben: 1, cleo: 1 })
  t.alike(lengths('(knows the founding, ben on cleo)'), { ana: 3, ben: 1 })
  t.alike(lengths('(knows the future)'), { ana: 1e6, ben: 1e6, cleo: 1e6 })
})

test('a statement may stand in another journal, and claim another time', (t) => {
  const { lines } = new Story(`
    ana adds ben
    ana adds cleo (at 7; journal ana again)
    members ana`).circle
  const [first, again] = lines.slice(-2) as [JournalLine, JournalLine]
  t.alike([first.index, again.index], [1, 0])
  t.unlike(first.journal, again.journal)
  t.alike(first.device, again.device)
  t.is((again.entry.body as { atMs: number }).atMs, 7)
})

test('a story checks every fate that it names, at first and then, and its end', (t) => {
  const { checks } = new Story(`
    circle ben cleo dora
    ana adds emil
    ben revokes ana = on-hold needs-second, then void no-right
    cleo seconds ben on ana = effective
    members dora ana ben`)
  t.alike(
    checks.map(({ is, wanted }) => [is, wanted]),
    [
      ['on-hold needs-second', 'on-hold needs-second'],
      ['effective', 'void no-right'],
      ['effective', 'effective'],
      ['ana:organiser- ben cleo dora emil', 'ana ben dora']
    ]
  )
})

test('a story may end with how many are cut off, whoever they are', (t) => {
  const { checks } = new Story('ana revokes ana\n 3 cut off')
  t.alike(checks, [{ what: '3 cut off', is: 1, wanted: 3 }])
})

test('what makes no sense in a story is an error, never passed over', async (t) => {
  const told = (text: string) => (): unknown => new Story(text).checks
  await t.exception(told('ana adds ben'), /No end/)
  await t.exception(told('ana\n members ana'), /No statement/)
  await t.exception(told('ana likes ben\n members ana'), /Nobody likes/)
  await t.exception(told('ana adds ben:keper\n members ana'), /No role/)
  await t.exception(told('circle ben:keper\n members ana'), /No role/)
  await t.exception(told('ana seconds ana on ben\n members ana'), /Nobody has said/)
  await t.exception(told('ana adds ben (see above)\n members ana'), /Nothing to say/)
  await t.exception(told('ana adds ben (knows ben)\n members ana'), /Nobody has said/)
})

function authorOf(circle: History, journal: Uint8Array): string {
  return circle.nameOf(circle.lines.find((line) => b4a.equals(line.journal, journal))!.device)
}
