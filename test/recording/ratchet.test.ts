import b4a from 'b4a'
import test from 'brittle'
import { Ratchet } from '../../core/recording/ratchet.ts'
import { hex } from '../helpers/encoding/vectors.ts'

const first = b4a.alloc(32, 1)
const keys = (ratchet: Ratchet, count: number): string[] =>
  Array.from({ length: count }, () => hex(ratchet.next()))

test('No two blocks have one key', (t) => {
  t.is(new Set(keys(new Ratchet(first), 200)).size, 200)
})

test('One first key gives one chain, another gives another', (t) => {
  t.alike(keys(new Ratchet(first), 5), keys(new Ratchet(first), 5))
  t.unlike(keys(new Ratchet(first), 1), keys(new Ratchet(b4a.alloc(32, 2)), 1))
})

test('A chain key taken in mid-film gives every later key and none before', (t) => {
  const ratchet = new Ratchet(first)
  const before = keys(ratchet, 10)
  const seized = new Ratchet(ratchet.chainKey())
  const after = keys(ratchet, 10)
  const had = keys(seized, 100)
  t.alike(had.slice(0, 10), after)
  t.absent(had.some((key) => before.includes(key)))
})

test('A block key is no chain key: one key of the film opens one block', (t) => {
  const ratchet = new Ratchet(first)
  const one = ratchet.next()
  const after = keys(ratchet, 10)
  t.absent(keys(new Ratchet(one), 20).some((key) => after.includes(key)))
})

test('A clone goes on by itself', (t) => {
  const ratchet = new Ratchet(first)
  ratchet.next()
  const clone = ratchet.clone()
  t.is(clone.index, 1)
  t.alike(keys(clone, 3), keys(ratchet, 3))
  ratchet.wipe()
  t.is(clone.index, 4)
  t.unlike(clone.chainKey(), b4a.alloc(32))
})

test('The chain is a copy, and zeros once wiped', (t) => {
  const mine = b4a.alloc(32, 1)
  const ratchet = new Ratchet(mine)
  ratchet.wipe()
  t.alike(mine, b4a.alloc(32, 1))
  t.alike(ratchet.chainKey(), b4a.alloc(32))
})
