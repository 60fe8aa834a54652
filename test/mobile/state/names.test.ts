import test from 'brittle'
import type { CircleState } from '../../../core/api/contract.ts'
import { isSelf, nameOf, shortKey } from '../../../mobile/ui/state/names.ts'

const circles = {
  c: {
    members: [
      { device: 'me', name: 'Ana', self: true },
      { device: 'other', name: '' }
    ]
  }
} as unknown as Record<string, CircleState>

test('A device is called what the circle knows of it, and nothing where it knows nothing', (t) => {
  t.is(nameOf(circles, 'c', 'me'), 'Ana')
  t.is(nameOf(circles, 'c', 'other'), '')
  t.is(nameOf(circles, 'c', 'stranger'), '')
  t.is(nameOf(null, 'c', 'me'), '', 'before the engine has said anything')
})

test('Who is called like another has its key beside its name', (t) => {
  const members = [
    { device: 'abcdefgh', name: 'Ana', alike: true },
    { device: 'zyxwvuts', name: 'Ben', alike: false }
  ]
  const two = { c: { members } } as unknown as Record<string, CircleState>
  t.is(nameOf(two, 'c', 'abcdefgh'), 'Ana (abcdef)')
  t.is(nameOf(two, 'c', 'zyxwvuts'), 'Ben')
})

test('Only this device is oneself', (t) => {
  t.ok(isSelf(circles, 'c', 'me'))
  t.absent(isSelf(circles, 'c', 'stranger'))
  t.is(shortKey('abcdefghij'), 'abcdef')
})
