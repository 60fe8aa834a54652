import test from 'brittle'
import { fairly } from '../../../core/circle/keys/fairly.ts'

const ownerOf = (item: string): string => item[0]!

test('whoever has the most loses the oldest of them, and nobody else loses any', (t) => {
  const items = ['a1', 'b1', 'b2', 'c1', 'b3', 'b4', 'a2']
  t.alike(fairly(items, ownerOf, 5), ['a1', 'c1', 'b3', 'b4', 'a2'])
})

test('a flood by one leaves room for all that others have', (t) => {
  const flood = Array.from({ length: 600 }, (_, i) => `z${i}`)
  const kept = fairly(['a1', ...flood.slice(0, 300), 'a2', 'b1', ...flood.slice(300)], ownerOf, 256)
  t.is(kept.length, 256)
  t.ok(['a1', 'a2', 'b1'].every((each) => kept.includes(each)))
  t.alike(kept.slice(-2), ['z598', 'z599'])
})

test('where there is room all of it stays', (t) => {
  t.alike(fairly(['a1', 'b1'], ownerOf, 2), ['a1', 'b1'])
  t.alike(fairly([], ownerOf, 2), [])
})
