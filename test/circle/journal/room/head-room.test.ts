import b4a from 'b4a'
import test from 'brittle'
import { HeadRoom } from '../../../../core/circle/journal/room/head-room.ts'
import { Roster } from '../../../../core/circle/roster.ts'
import type { JournalHead } from '../../../../core/encoding/journal/journal-head.ts'
import { MAX_HEADS, MAX_MEMBERS } from '../../../../core/limits.ts'
import { memberWith } from '../../members.ts'

const SELF = device(0, 0)
const HONEST = device(1, 0)
const PUPPETS = Array.from({ length: MAX_MEMBERS - 1 }, (_, i) => device(2, i))
const KNOWN = [HONEST, ...PUPPETS]
const CIRCLE = new Roster('', KNOWN.map(memberWith))

test('a phone whose app was killed a hundred times is heard still', (t) => {
  t.is(filled([HONEST], 100).length, 100)
})

test('one organiser’s crowd of devices, each with journals without end, silences nobody', (t) => {
  const heads = filled(PUPPETS, 40)
  t.ok(heads.length < MAX_HEADS)
  const room = new HeadRoom(heads, SELF)
  for (let n = 0; n < 12; n++) {
    const mine = head(HONEST, n)
    t.ok(room.has(mine, CIRCLE, KNOWN))
    heads.push(mine)
  }
})

test('nor does it keep a phone whose app was killed a hundred times from what it says itself', (t) => {
  const heads = filled([HONEST, ...PUPPETS], 40)
  for (let n = 0; n < 256; n++) heads.push(head(SELF, n))
  t.ok(heads.length <= MAX_HEADS, 'what is kept of them fits its file')
  const room = new HeadRoom(heads, SELF)
  t.absent(room.has(head(HONEST, 40), CIRCLE, KNOWN))
})

test('who is linked first tells a newcomer of no more devices than leaves room for the members', (t) => {
  const nobody = new Roster('', [])
  const heads: JournalHead[] = []
  const room = new HeadRoom(heads, SELF)
  for (let i = 0; i < MAX_HEADS; i++) {
    const made = head(device(3, i), 0)
    if (room.has(made, nobody, [])) heads.push(made)
  }
  t.ok(heads.length <= MAX_HEADS / 4)
  t.ok(room.has(head(HONEST, 0), CIRCLE, KNOWN))
})

test('nor does a crowd of more than a circle can hold, of which some were cut off and others came', (t) => {
  const crowd = Array.from({ length: 3 * MAX_MEMBERS }, (_, i) => device(4, i))
  const heads: JournalHead[] = []
  const room = new HeadRoom(heads, SELF)
  const all = [HONEST, ...crowd]
  const circle = new Roster('', all.map(memberWith))
  for (let from = 0; from < crowd.length; from += MAX_MEMBERS - 1) {
    const known = [HONEST, ...crowd.slice(from, from + MAX_MEMBERS - 1)]
    for (const one of known.slice(1)) {
      for (let n = 0; n < 12; n++) {
        const next = head(one, n)
        if (room.has(next, circle, known)) heads.push(next)
      }
    }
  }
  t.is(heads.length, MAX_HEADS - 256 - 12)
  for (let n = 0; n < 12; n++) {
    const mine = head(HONEST, n)
    t.ok(room.has(mine, circle, [HONEST, ...crowd.slice(0, MAX_MEMBERS - 1)]))
    heads.push(mine)
  }
})

/** What is taken of so many journals of each of these. */
function filled(devices: Uint8Array[], each: number): JournalHead[] {
  const heads: JournalHead[] = []
  const room = new HeadRoom(heads, SELF)
  for (let n = 0; n < each; n++) {
    for (const one of devices) {
      const next = head(one, n)
      if (room.has(next, CIRCLE, KNOWN)) heads.push(next)
    }
  }
  return heads
}

function device(kind: number, n: number): Uint8Array {
  return b4a.from([kind, n >> 8, n & 255, ...b4a.alloc(29)])
}

function head(of: Uint8Array, n: number): JournalHead {
  const signer = b4a.from([...of.subarray(0, 3), n >> 8, n & 255, ...b4a.alloc(27)])
  const signature = b4a.alloc(64)
  return { device: of, signer, startedAtMs: 0, previous: null, signature, proof: signature }
}
