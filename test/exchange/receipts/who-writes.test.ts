import b4a from 'b4a'
import test from 'brittle'
import { FIRST_WRITERS, writesFirst } from '../../../core/exchange/receipts/who-writes.ts'
import { seeded } from '../../helpers/random.ts'

test('where a dozen others hold a film, everybody writes at once', (t) => {
  const { film, devices } = crowd(FIRST_WRITERS)
  for (const device of devices) t.ok(writesFirst(film, device, without(devices, device)))
})

test('of fifty that see one another twelve write first, and each says of itself whether it does', (t) => {
  const { film, devices } = crowd(50)
  const first = devices.filter((device) => writesFirst(film, device, without(devices, device)))
  t.is(first.length, FIRST_WRITERS)
})

test('where one that writes first is away, the next in turn takes its place', (t) => {
  const { film, devices } = crowd(50)
  const writers = (all: Uint8Array[]): Uint8Array[] =>
    all.filter((device) => writesFirst(film, device, without(all, device)))
  const before = writers(devices)
  const after = writers(without(devices, before[0]!))
  t.is(after.length, FIRST_WRITERS)
  t.alike(
    after.filter((device) => before.includes(device)),
    before.slice(1)
  )
})

test('other films have other devices that write first', (t) => {
  const { devices, random } = crowd(50)
  const told = new Set<Uint8Array>()
  for (let i = 0; i < 20; i++) {
    const film = random.bytes(32)
    for (const one of devices) if (writesFirst(film, one, without(devices, one))) told.add(one)
  }
  t.ok(told.size > 40, `${told.size} of 50`)
})

function crowd(size: number) {
  const random = seeded(12)
  const film = random.bytes(32)
  return { film, random, devices: Array.from({ length: size }, () => random.bytes(32)) }
}

function without(all: Uint8Array[], one: Uint8Array): Uint8Array[] {
  return all.filter((other) => !b4a.equals(other, one))
}
