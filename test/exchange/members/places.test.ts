// Where a member can be reached, told on by others.

import test from 'brittle'
import { SkippingClock } from '../../helpers/devices/skipping-clock.ts'
import { connect, enrolledWith } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'
import { agree, says } from '../journals/spreading.ts'

const HOST = '127.0.0.1'
const LATER_MS = 10_000

test('where somebody is now is told on once in a while, and then what is true by then', async (t) => {
  const clock = new SkippingClock(0.0001)
  const [middle, mover, other] = await enrolledWith(t, { clock }, 'contact', 'contact')
  await connect(t, middle, mover)
  await connect(t, middle, other)
  await says(mover)
  await agree([middle, mover, other])
  clock.skip(LATER_MS)
  moves(mover, 1)
  await eventually(() => placeIn(other, mover) === 1)
  for (const port of [2, 3]) {
    moves(mover, port)
    await eventually(() => placeIn(middle, mover) === port)
  }
  await says(mover)
  await agree([middle, mover, other]) // told of in the same turn as places
  t.is(placeIn(other, mover), 1, 'not again so soon')
  clock.skip(LATER_MS)
  await eventually(() => placeIn(other, mover) === 3)
  t.absent(portsIn(other, mover).includes(2), 'never what was no longer true')
})

test('a journal that begins is told of at once, and with it where somebody is', async (t) => {
  const clock = new SkippingClock(0.0001)
  const [middle, mover, other] = await enrolledWith(t, { clock }, 'contact', 'contact')
  await connect(t, middle, mover)
  await connect(t, middle, other)
  moves(mover, 1)
  await eventually(() => placeIn(other, mover) === 1)
  moves(mover, 2)
  await eventually(() => placeIn(middle, mover) === 2)
  await says(mover)
  await eventually(() => placeIn(other, mover) === 2)
})

function moves(station: Station, port: number): void {
  station.addresses = [{ host: HOST, port }]
  station.exchange.sayHelloToAll()
}

function portsIn({ circle }: Station, { keys }: Station): number[] {
  return circle.introductions.addressesOf(keys.device).map(({ port }) => port)
}

function placeIn(station: Station, mover: Station): number | undefined {
  return portsIn(station, mover)[0]
}
