import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { Circle } from '../../../core/circle/circle.ts'
import { makeHead } from '../../../core/circle/journal/journal-head.ts'
import { freshCircle } from '../../../core/encoding/memory/device-state.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import { newKeys } from '../members.ts'

test('a journal is followed once its head is on the disk, and not before', async (t) => {
  const disk = slowDisk()
  const circle = await createCircle(t, disk.save)
  const meeting = meetSomebody(circle)
  await disk.asked
  await new Promise<void>((resolve) => setTimeout(resolve, 100))
  t.is(circle.journals.length, 0)
  disk.write()
  await meeting
  t.is(circle.journals.length, 1)
})

test('a journal is followed even where the disk takes no head', async (t) => {
  const circle = await createCircle(t, () => Promise.reject(new Error('No space left on device')))
  await meetSomebody(circle)
  t.is(circle.journals.length, 1)
})

/** A disk that writes when it is told to. */
function slowDisk() {
  const disk = { write: () => {}, asked: Promise.resolve(), save: () => Promise.resolve() }
  const written = new Promise<void>((resolve) => (disk.write = resolve))
  disk.asked = new Promise<void>((resolve) => {
    disk.save = () => {
      resolve()
      return written
    }
  })
  return disk
}

async function createCircle(t: Assert, save: () => Promise<void>): Promise<Circle> {
  const store = new EvidenceStore({ dir: await t.tmp() })
  const keys = newKeys()
  const secret = { whole: true, bytes: randomBytes(32) }
  const state = freshCircle({ id: randomBytes(32), name: 'circle', secret })
  const circle = new Circle({ store, keys, state, save, now: () => 1 })
  t.teardown(() => store.close(), { order: 2 })
  t.teardown(() => circle.close(), { order: 1 })
  await store.ready()
  await circle.ready()
  return circle
}

function meetSomebody(circle: Circle): Promise<void> {
  const member = newKeys()
  const pair = crypto.keyPair()
  const head = makeHead(member, circle.id, { pair, startedAtMs: 1, previous: null })
  return circle.meet([head], [], member.device)
}
