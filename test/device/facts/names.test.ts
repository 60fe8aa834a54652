import test from 'brittle'
import z32 from 'z32'
import { Roster } from '../../../core/circle/roster.ts'
import { isGiven, nameOf } from '../../../core/device/facts/names.ts'
import { key, member } from '../../circle/members.ts'

test('a device is called by its name, and by its key where it has none', (t) => {
  const roster = new Roster('street', [called('ana', 'Ana'), called('ben', ' \u202e')])
  t.is(nameOf({ roster }, key('ana')), 'Ana')
  t.is(nameOf({ roster }, key('ben')), short('ben'))
  t.is(nameOf({ roster }, key('stranger')), short('stranger'))
})

test('two that are shown alike are told apart by their keys, and nobody else is', (t) => {
  for (const alike of ['Ana', 'ANA', 'A\u200bna ', '\uff21\uff4e\uff41']) {
    const members = [called('ana', 'Ana'), called('ben', alike), called('cleo', 'Cleo')]
    const roster = new Roster('street', members)
    t.is(nameOf({ roster }, key('ana')), `Ana (${short('ana')})`)
    t.ok(nameOf({ roster }, key('ben')).endsWith(` (${short('ben')})`))
    t.is(nameOf({ roster }, key('cleo')), 'Cleo')
  }
})

test('who calls itself as another is shown that has no name is told apart as well', (t) => {
  const roster = new Roster('street', [called('ana', ''), called('ben', short('ana'))])
  t.is(nameOf({ roster }, key('ben')), `${short('ana')} (${short('ben')})`)
})

test('a name that was made up for a device was given by nobody', (t) => {
  t.alike(['', 'device-1a2b', 'device-1a2', 'Ana'].map(isGiven), [false, false, true, true])
})

function called(who: string, name: string) {
  return member(who, 'contact', { name })
}

function short(who: string): string {
  return z32.encode(key(who)).slice(0, 8)
}
