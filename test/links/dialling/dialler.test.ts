import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { Dialler } from '../../../core/links/dialling/dialler.ts'
import { eventually } from '../../helpers/eventually.ts'

test('every device is dialled, a few at a time', async (t) => {
  const { dialler, dials, answer } = dialling(t)
  dialler.setTargets(devices(20))
  t.is(dials.length, 6)
  for (let done = 0; done < 20; done++) {
    t.ok(dials.length - done <= 6)
    answer(done, true)
    await eventually(() => dials.length === Math.min(20, done + 7))
  }
  t.is(new Set(dials.map(({ name }) => name)).size, 20)
})

test('a device that was not reached is dialled again', async (t) => {
  const { dialler, dials, answer } = dialling(t)
  dialler.setTargets(devices(1))
  answer(0, false)
  await eventually(() => dials.length === 2)
  t.pass()
})

test('a nudge dials at once, and does not dial twice at a time', async (t) => {
  const { dialler, dials, answer } = dialling(t)
  const [device] = devices(1) as [Uint8Array]
  dialler.setTargets([device])
  for (let i = 0; i < 5; i++) dialler.nudge(device)
  t.is(dials.length, 1)
  answer(0, false)
  await settled()
  dialler.nudge(device)
  t.is(dials.length, 2)
})

test('a link that is dead is dialled in spite of it, once at a time', async (t) => {
  const { dialler, dials, linked, answer } = dialling(t)
  const [device] = devices(1) as [Uint8Array]
  linked.add(nameOf(device))
  dialler.setTargets([device])
  for (let i = 0; i < 3; i++) dialler.redial(device)
  t.is(dials.length, 1)
  linked.delete(nameOf(device))
  dialler.lost(device, { livedMs: 60_000, byOther: false })
  t.is(dials.length, 1, 'the old link closes as the new one opens')
  linked.add(nameOf(device))
  answer(0, true)
  await settled()
  t.is(dials.length, 1)
})

test('who is linked is not dialled, and is again once the link is lost', async (t) => {
  const { dialler, dials, linked } = dialling(t)
  const [device] = devices(1) as [Uint8Array]
  linked.add(nameOf(device))
  dialler.setTargets([device])
  t.is(dials.length, 0)
  linked.delete(nameOf(device))
  dialler.nudge(device)
  t.is(dials.length, 1)
})

test('a link that closes on opening is dialled again later, and never left alone for long', async (t) => {
  const { dialler, dials, linked, answer } = dialling(t)
  const [device] = devices(1) as [Uint8Array]
  dialler.setTargets([device])
  const waits = waitsFrom(t)
  for (let i = 0; i < 7; i++) {
    await eventually(() => dials.length === i + 1)
    answer(i, true)
    await settled()
    linked.delete(nameOf(device))
    waits.length = 0
    dialler.lost(device, { livedMs: 10, byOther: false })
    dialler.lost(device, { livedMs: 10, byOther: false }) // both of two links that crossed
    t.is(dials.length, i + 1, 'not at once')
    t.is(waits.length, 1)
    t.ok(waits[0]! <= 1000, 'left to double, the last would be ten seconds and more')
  }
})

test('a good link that was lost is dialled again at once', async (t) => {
  const { dialler, dials, device } = await unlinked(t)
  dialler.lost(device, { livedMs: 3000, byOther: false })
  t.is(dials.length, 2)
})

test('a good link that the other end closed is dialled again later: it goes away, or dials itself', async (t) => {
  const { dialler, dials, device } = await unlinked(t)
  dialler.lost(device, { livedMs: 60_000, byOther: true })
  t.is(dials.length, 1, 'not at once')
  await eventually(() => dials.length === 2)
})

test('a device with more to do than it can dials one at a time, and more as it gets on', async (t) => {
  const { dialler, dials, answer, strain } = dialling(t)
  strain.ms = 2000
  dialler.setTargets(devices(20))
  t.is(dials.length, 1)
  answer(0, true)
  await eventually(() => dials.length === 2)
  strain.ms = 0
  answer(1, true)
  await eventually(() => dials.length === 8)
  t.pass()
})

test('a loss of one that is no target is no matter', (t) => {
  const { dialler, dials } = dialling(t)
  const [device, stranger] = devices(2) as [Uint8Array, Uint8Array]
  dialler.setTargets([device])
  dialler.lost(stranger, { livedMs: 10, byOther: false })
  dialler.lost(stranger, { livedMs: 10_000, byOther: false })
  t.is(dials.length, 1)
})

test('who is no target any more is not dialled again', async (t) => {
  const { dialler, dials, answer } = dialling(t)
  dialler.setTargets(devices(2))
  answer(0, false)
  answer(1, false)
  await settled()
  dialler.setTargets([])
  for (const device of devices(2)) dialler.nudge(device)
  t.is(dials.length, 2)
})

test('after the stop nothing is dialled, and no timer is left', async (t) => {
  const { dialler, dials, answer } = dialling(t)
  dialler.setTargets(devices(8))
  answer(0, false)
  await settled()
  const before = dials.length
  dialler.stop()
  for (let i = 1; i < before; i++) answer(i, false)
  await settled()
  dialler.setTargets(devices(3))
  t.is(dials.length, before)
})

interface Dial {
  name: string
  answer: (linked: boolean) => void
}

/** One device that was dialled, and whose link is gone; the dialler has not heard so yet. */
async function unlinked(t: Assert) {
  const { dialler, dials, linked, answer } = dialling(t)
  const [device] = devices(1) as [Uint8Array]
  dialler.setTargets([device])
  answer(0, true)
  await settled()
  linked.delete(nameOf(device))
  return { dialler, dials, device }
}

function dialling(t: Assert) {
  const dials: Dial[] = []
  const linked = new Set<string>()
  const strain = { ms: 0 }
  const dialler = new Dialler({
    dial: (device) =>
      new Promise((resolve) => void dials.push({ name: nameOf(device), answer: resolve })),
    isLinked: (device) => linked.has(nameOf(device)),
    strainMs: () => strain.ms
  })
  t.teardown(() => dialler.stop())
  const answer = (dial: number, reached: boolean): void => {
    if (reached) linked.add(dials[dial]!.name)
    dials[dial]!.answer(reached)
  }
  return { dialler, dials, linked, answer, strain }
}

/** How long every timer that is set from now on is to wait, ms. */
function waitsFrom(t: Assert): number[] {
  const waits: number[] = []
  const set = globalThis.setTimeout
  const noting = (call: () => void, ms: number): unknown => {
    waits.push(ms)
    return set(call, ms)
  }
  Object.assign(globalThis, { setTimeout: noting })
  t.teardown(() => Object.assign(globalThis, { setTimeout: set }))
  return waits
}

function devices(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => b4a.alloc(32, i + 1))
}

function nameOf(device: Uint8Array): string {
  return b4a.toString(device as any, 'hex')
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
