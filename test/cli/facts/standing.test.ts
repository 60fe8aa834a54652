import test from 'brittle'
import { standingFields, standingText } from '../../../cli/facts/standing.ts'
import { keyText } from '../../../cli/output/units.ts'
import { History } from '../../helpers/rosters/histories.ts'

test('who was cut off is told by whom, why, and what brings it back', (t) => {
  const story = new History('ben:organiser', 'cleo')
  story.revokes('ben', 'cleo')
  const cleo = story.key('cleo')
  const back = `ask an organiser to run "temoin reinstate ${short(cleo)}"`
  t.is(standingText(story, cleo), `cut off by ben (by ben): ${back}`)
  const by = keyText(story.key('ben'))
  t.alike(standingFields(story, cleo), { state: 'cut-off', cutOffBy: by, onHold: false })
})

test('who is on hold is told whom somebody else has to second', (t) => {
  const story = new History('ben:organiser', 'cleo', 'dora')
  story.revokes('ben', 'cleo')
  t.ok(standingText(story, story.key('ben')).includes(`temoin second ${short(story.key('cleo'))}`))
  t.ok(standingFields(story, story.key('ben')).onHold)
  t.is(standingText(story, story.key('dora')), 'contact')
})

test('who is unconfirmed is told that it gets nothing new, and what changes that', (t) => {
  const story = new History('ben:organiser', 'cleo')
  const known = [...story.lines]
  story.adds('ben', 'dora')
  story.revokes('ana', 'ben', { knows: known })
  const told = standingText(story, story.key('dora'))
  t.ok(/^unconfirmed, gets nothing new: .*temoin reinstate/.test(told), told)
})

test('where the journals have not come yet, nothing is claimed', (t) => {
  const story = new History()
  t.is(standingText(story, story.key('zoe')), 'no member, as far as is known yet')
  t.is(standingFields(story, story.key('zoe')).state, null)
})

function short(key: Uint8Array): string {
  return keyText(key).slice(0, 8)
}
