// Members that claim to hold a film and do not give it, and honest ones that could be taken for such.

import test from 'brittle'
import type { Assert } from 'brittle'
import { makeReceipt } from '../../../core/replica/receipts/receipts.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { boast } from '../../replica/hostile/boast.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import type { ByHand } from '../../replica/hostile/by-hand.ts'
import { made, reaches, replicaAt } from '../../replica/held.ts'

const LONG = { timeout: 240_000 }

test('a member that announces what it never gives is told of to everybody', LONG, async (t) => {
  const { holder, liar, part, hand } = await lacking(t)
  await boast(t, part, hand.link.a.mux)
  keepAlive(t, hand)
  const alarm = await alarmAt(holder)
  t.alike([alarm.device, alarm.by], [liar.keys.device, holder.keys.device])
  t.alike(alarm.recording, part.key)
  t.absent(alarm.isProven, 'it is the word of who asked')
})

test(
  'so is one that has signed for it and does not even open it, with its receipt',
  LONG,
  async (t) => {
    const { author, holder, liar, part, hand } = await lacking(t)
    const own = part.receipts.of(author.keys.device)!
    const { signature, ...body } = own
    t.ok(signature)
    const receipt = makeReceipt(liar.keys, body)
    hand.channel.sendReceipts([receipt])
    const held = await replicaAt(holder, part.key)
    await eventually(() => held.receipts.of(liar.keys.device) !== null)
    keepAlive(t, hand)
    const alarm = await alarmAt(holder)
    t.alike(alarm.device, liar.keys.device)
    t.ok(alarm.proof.byteLength > 0)
  }
)

test(
  'a holder whose line is dead while it is asked, and who then gives, is told of by nobody',
  LONG,
  async (t) => {
    const { author, holder, liar, part } = await lacking(t)
    const copy = await connect(t, author, liar)
    const at = await replicaAt(liar, part.key)
    await reaches(at, made(part))
    copy.cut()
    const line = await connect(t, liar, holder, { latencyMs: 20 })
    line.toB.pause()
    await new Promise<void>((resolve) => setTimeout(resolve, 4000))
    line.toB.resume()
    await reaches(await replicaAt(holder, part.key), made(part))
    t.alike(
      holder.exchange.alarms.all.filter((one) => one.alarm === 'false-holding'),
      []
    )
  }
)

/** A holder that knows of a film and lacks it, its author out of reach, and a member that is linked by hand. */
async function lacking(t: Assert) {
  const clock = fastClock(8)
  const [author, holder, liar] = await enrolledWith(t, { clock }, 'contact', 'contact')
  const film = author.film(t)
  await shoot(film, 4)
  await film.stop('stopped')
  const [part] = film.parts as [Replica]
  const { link, channel } = await byHand(t, author, holder)
  for (const { entry } of author.circle.lines) {
    if (entry.kind === 'recording-announced') channel.tellFilm(entry.body)
  }
  await replicaAt(holder, part.key)
  link.cut()
  const hand = await byHand(t, liar, holder)
  return { author, holder, liar, part, hand }
}

/** Shows that its link lives, so often that no busy machine makes a second of it. */
function keepAlive(t: Assert, { channel }: ByHand): void {
  const timer = setInterval(
    () => channel.sayHello({ wallMs: Date.now(), heads: [], peers: [], room: 'open' }),
    100
  )
  t.teardown(() => clearInterval(timer), { order: -2 })
}

async function alarmAt({ exchange }: Station) {
  const isIt = ({ alarm }: { alarm: string }): boolean => alarm === 'false-holding'
  await eventually(() => exchange.alarms.all.some(isIt), { timeoutMs: 200_000 })
  return exchange.alarms.all.find(isIt)!
}
