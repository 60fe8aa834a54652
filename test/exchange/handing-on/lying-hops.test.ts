import test from 'brittle'
import type { Replica } from '../../../core/replica/replica.ts'
import type { RecordingKey } from '../../../core/types/keys.ts'
import { eventually } from '../../helpers/eventually.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { replicaAt } from '../../replica/held.ts'
import type { Fleet } from './fleet.ts'
import { feeding, filmOn, midFilm } from './mid-film.ts'

const DRIPPED = 260
/** So many are filmed before a hop that drips passes on one, at least. */
const DRIP_OF = 4
/** Four times in four seconds, and then ever less often. */
const MOST_ASKED = 12

for (const [lie, first] of [
  ['blocks that there are not', () => 1_000_000],
  ['a little more than there is', (length: number) => length + 4]
] as const) {
  test(`a first hop that has whoever follows it fetch ${lie} keeps nobody behind`, async (t) => {
    const { fleet, film, part } = await midFilm(t)
    const hop = await feeding(fleet, part)
    const followers = fleet.fedBy(hop, part)
    const { upstream } = await replicaAt(hop, part.key)
    let asked = 0
    upstream.follow = (channel) => {
      asked++
      channel.refuse(part.key, first(part.published.length))
    }
    for (const channel of upstream.channels) upstream.follow(channel, 0, 0)
    upstream.clear()
    let isOver = false
    const filming = filmOn(film, 8, 260, () => isOver)
    await eventually(() => areFed(fleet, followers, { part, beside: hop })).finally(
      () => (isOver = true)
    )
    t.pass('while the film goes on')
    await filming
    t.ok(asked <= MOST_ASKED * followers.length, `asked ${asked} times`)
    await fleet.haveAll(film)
  })
}

test('a first hop that pushes a block now and then, never silent, keeps nobody behind', async (t) => {
  const { fleet, film, part } = await midFilm(t)
  const hop = await feeding(fleet, part)
  const followers = fleet.fedBy(hop, part)
  const { upstream } = await replicaAt(hop, part.key)
  const waiting: Parameters<typeof upstream.passOn>[0][] = []
  const push = upstream.push.bind(upstream)
  upstream.passOn = (block) => void waiting.push(block)
  let dripped = 0
  const dripping = setInterval(() => {
    if (waiting.length > 0 && dripped * DRIP_OF < part.published.length) {
      dripped++
      push(waiting.shift()!)
    }
  }, 450)
  t.teardown(() => clearInterval(dripping))
  muffle(await replicaAt(hop, part.key), followers)
  await filmOn(film, 8, 8 + DRIPPED)
  const behind = followers.map((one) => part.published.length - lengthAt(one, part.key))
  t.comment(`${behind.join()} blocks behind as the camera stops`)
  await fleet.haveAll(film, followers)
  t.ok(waiting.length > DRIPPED / 2, 'long before it would have come from that hop')
})

test('a first hop that keeps the last block to itself, and says that this is all, leaves nobody without it', async (t) => {
  const { fleet, film, part } = await midFilm(t)
  const hop = await feeding(fleet, part)
  const followers = fleet.fedBy(hop, part)
  const liar = await replicaAt(hop, part.key)
  liar.upstream.passOn = () => {}
  muffle(liar, followers)
  for (const one of [fleet.author, ...fleet.holders])
    tellsNothingUnasked(await replicaAt(one, part.key))
  await film.stop('stopped')
  await fleet.haveAll(film)
  for (const one of followers) t.ok((await replicaAt(one, part.key)).sealed)
})

/** Each of these is pushed the film by somebody else than `beside`. */
function areFed(
  fleet: Fleet,
  followers: Station[],
  { part, beside }: { part: Replica; beside: Station }
): boolean {
  const others = [fleet.author, ...fleet.holders].filter((one) => one !== beside)
  const fed = others.flatMap((one) => fleet.fedBy(one, part))
  return followers.every((one) => fed.includes(one))
}

function lengthAt({ exchange }: Station, key: RecordingKey): number {
  return exchange.replica(key)?.length ?? 0
}

/** It says to none of these how much it has. */
function muffle({ core }: Replica, followers: Station[]): void {
  for (const peer of core!.peers as any[]) {
    const isMeant = followers.some(({ keys }) =>
      keys.device.every((byte, i) => byte === peer.remotePublicKey[i])
    )
    if (isMeant) peer.sendSync = () => {}
  }
}

/** It says how long its tree is where it is asked: as where news have crossed (core/store/hypercore/in-step.ts). */
function tellsNothingUnasked({ core }: Replica): void {
  for (const peer of core!.peers as any[]) {
    const signal = peer.signalUpgrade.bind(peer)
    const onsync = peer.onsync.bind(peer)
    peer.signalUpgrade = () => {}
    peer.onsync = async (said: unknown) => {
      peer.signalUpgrade = signal
      await onsync(said)
      peer.signalUpgrade = () => {}
    }
  }
}
