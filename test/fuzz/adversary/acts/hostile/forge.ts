// A hostile member films, keeps the key, and takes back what it showed: by truncation and rewriting
// under another fork, by a rival history under none, by pushing one thing here and another there.

import type Hypercore from 'hypercore'
import Corestore from 'corestore'
import { announcedBy } from '../../../../../core/replica/announced.ts'
import { manifestOf } from '../../../../../core/encoding/core-key.ts'
import { Forgery, rivalOf, shown } from '../../forgery.ts'
import { Hand } from '../../hand.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Act, Stage } from '../act.ts'

const MAX_FORGERIES = 8

/** Films as an honest author would, and shows the first blocks of it to whoever is linked. */
export const forge: Act = async ({ world, a, random }) => {
  if (a.station === null || world.forgeries.length >= MAX_FORGERIES) return false
  await begin(world, a, random)
  return true
}

async function begin(world: World, a: Actor, random: Stage['random']): Promise<Forgery> {
  const forgery = new Forgery(a.index)
  world.forgeries.push(forgery)
  const replica = await forgery.forger.film(a.station!)
  for (const block of forgery.blocks.slice(0, 2 + random.int(6))) await replica.publish(block)
  return forgery
}

/** Truncates it, and writes something else, or nothing, in its place. */
export const fork: Act = (stage) =>
  offer(stage, async (core, pair, random) => {
    await core.append(shown(8), { keyPair: pair })
    const keep = random.int(7)
    const fork = random.int(2) === 0 ? {} : { fork: 1 + random.int(9) }
    await core.truncate(keep, { keyPair: pair, ...fork })
    const rewrite = random.int(12)
    if (rewrite > 0) {
      await core.append(rivalOf(keep, keep + rewrite).slice(keep), { keyPair: pair })
    }
  })

/** Another history of the same key, without a fork. */
export const rival: Act = (stage) =>
  offer(stage, async (core, pair, random) => {
    await core.append(rivalOf(random.int(6), 3 + random.int(12)), { keyPair: pair })
  })

type Write = (core: Hypercore, pair: any, random: Stage['random']) => Promise<void>

/** Serves a core that stock Hypercore has written as it likes. */
async function offer(stage: Stage, write: Write): Promise<boolean> {
  const { world, a, b, random } = stage
  if (a.station === null || b.station === null) return false
  const forgery = await forgeryOf(world, a, random)
  const { pair } = forgery.forger
  const store = new Corestore(await world.t.tmp())
  world.t.teardown(() => store.close())
  const core = store.get({ manifest: manifestOf(pair.publicKey) })
  await core.ready()
  await write(core, pair, random)
  const hand = await Hand.reach(world.t, a, b)
  hand.also(() => store.close())
  tell(hand, forgery, a)
  core.core.replicator.attachTo(hand.link.a.mux)
  world.hold(hand)
  return true
}

/** Pushes blocks of a rival history, of another recording, out of order, unsigned, to whoever follows. */
export const push: Act = async ({ world, a, b, random }) => {
  if (a.station === null || b.station === null) return false
  const forgery = await forgeryOf(world, a, random)
  const hand = await Hand.reach(world.t, a, b)
  pushRival(hand, forgery, a, random)
  for (const { key, blocks } of world.truth.all.slice(-4)) {
    const index = random.int(blocks.length + 2)
    const value = random.int(2) === 0 ? random.bytes(200) : (blocks[index] ?? random.bytes(9))
    const signature = random.bytes(64)
    hand.say('block', { recording: key, index, signature, value })
  }
  world.hold(hand)
  return true
}

function pushRival(hand: Hand, forgery: Forgery, a: Actor, random: Stage['random']): void {
  tell(hand, forgery, a)
  const recording = forgery.forger.key
  const blocks = forgery.rival(random.int(8), 12)
  for (const block of blocks.slice(random.int(8))) {
    hand.say('block', { recording, ...block })
  }
}

/** Its announcement, true and signed: a holder opens a replica for what follows. */
function tell(hand: Hand, { forger }: Forgery, a: Actor): void {
  const body = forger.announcement(a.station!)
  if (announcedBy(a.station!.circle.id, a.keys.device, body) === null) throw new Error('unattested')
  hand.say('film', body)
}

async function forgeryOf(world: World, a: Actor, random: Stage['random']): Promise<Forgery> {
  const own = world.forgeries.filter(({ by }) => by === a.index)
  return own.length > 0 ? random.pick(own) : begin(world, a, random)
}
