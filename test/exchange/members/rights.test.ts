import test from 'brittle'
import { sayWhereItCounts } from '../../../core/exchange/members/rights.ts'
import type { UnsaidEntry } from '../../../core/exchange/members/rights.ts'
import { History } from '../../helpers/rosters/histories.ts'

test('whose second does not count is told whose would', async (t) => {
  const story = new History('ben', 'cleo', 'dora')
  const { journal, index } = story.revokes('ana', 'ben')
  const second = { device: story.key('ben'), journal, index }
  t.is(
    await refusedTo(story, 'dora', { kind: 'seconded', body: second }),
    'The word of this device does not count here, since one person could be behind both: ask "cleo"'
  )
})

test('where nobody could second it, nobody is sent anywhere', async (t) => {
  const story = new History('ben:organiser', 'cleo')
  story.adds('ben', 'pit')
  story.revokes('cleo', 'cleo')
  const { journal, index } = story.revokes('ben', 'ana')
  const second = { device: story.key('ana'), journal, index }
  const told = await refusedTo(story, 'pit', { kind: 'seconded', body: second })
  t.ok(/behind both: nobody who is a member today can second it$/.test(told), told)
})

test('who is on hold is told the command that somebody else has to run', async (t) => {
  const story = new History('ben:organiser', 'cleo', 'dora')
  story.revokes('ben', 'cleo')
  const told = await refusedTo(story, 'ben', {
    kind: 'role-changed',
    body: { device: story.key('dora'), role: 'keeper' }
  })
  t.ok(/"temoin second \w{8}"$/.test(told), told)
})

/** The sentence; nothing may be said. */
async function refusedTo(story: History, by: string, unsaid: UnsaidEntry): Promise<string> {
  const { circle: id, lines, roster } = story
  const say = (): Promise<void> => Promise.reject(new Error('it was said'))
  const known = { id, rulings: lines, ends: lines, roster, say }
  const err = await sayWhereItCounts(known, story.key(by), 1, unsaid).catch((err) => err)
  return err.message
}
