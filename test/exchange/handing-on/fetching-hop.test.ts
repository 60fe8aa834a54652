import test from 'brittle'
import type { Replica } from '../../../core/replica/replica.ts'
import { eventually } from '../../helpers/eventually.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { replicaAt } from '../../replica/held.ts'
import { Fleet } from './fleet.ts'
import { BYTES, contacts, feeding, filmOn } from './mid-film.ts'

const FROM = 30
const TO = 130

test('a first hop that has to fetch now and then does not have its followers go to the author', async (t) => {
  const fleet = await Fleet.mesh(t, ...contacts(8))
  const { author } = fleet
  const film = author.film(t)
  await shoot(film, 8, BYTES)
  await fleet.haveAll(film)
  const part = film.parts[0]!
  const hop = await feeding(fleet, part)
  const held = await replicaAt(hop, part.key)
  const all = [author, ...fleet.holders]
  await filmOn(film, 8, FROM)
  await eventually(() => fleet.fedBy(author, part).length === 2)
  const before = fleet.sentBy(author)
  let isOver = false
  const filming = filmOn(film, FROM, TO, () => isOver)
  const fetched = fetchesOf(held)
  for (let round = 0; round < 3; round++) {
    const { times } = fetched
    await eventually(
      () => {
        if (fetched.times > times) return true
        const feeder = all.find((one) => fleet.fedBy(one, part).includes(hop))
        if (feeder) refuses(feeder, hop, part)
        return false
      },
      { everyMs: 1500 }
    )
  }
  isOver = true
  const to = await filming
  await fleet.haveAll(film)
  const times = (fleet.sentBy(author) - before) / ((to - FROM) * BYTES)
  t.ok(times < 4, `${times.toFixed(2)} times the film left the author; direct it would be eight`)
})

/** How often it has begun to fetch, from now on. */
function fetchesOf(held: Replica): { times: number } {
  const fetched = { times: 0 }
  const setMode = held.setMode.bind(held)
  held.setMode = (mode) => {
    if (mode === 'pull') fetched.times++
    setMode(mode)
  }
  return fetched
}

/** As on a line that was full: what comes before a block a little ahead is to be fetched. */
function refuses(feeder: Station, hop: Station, part: Replica): void {
  const { channel } = feeder.exchange.peerOf(hop.keys.device)!
  feeder.exchange.replica(part.key)!.upstream.unfollow(channel!)
  channel!.refuse(part.key, part.published.length + 2)
}
