// A hostile member sends what is no message, on every channel there is, and far too much of what is.

import b4a from 'b4a'
import c from 'compact-encoding'
import crypto from 'hypercore-crypto'
import { makeHead } from '../../../../../core/circle/journal/journal-head.ts'
import {
  CONTROL_IDS,
  CONTROL_MESSAGES,
  CONTROL_NAMES
} from '../../../../../core/encoding/control-messages.ts'
import type { ControlName } from '../../../../../core/encoding/control-messages.ts'
import { randomBytes } from '../../../../../core/identity/hash.ts'
import { codedAs } from '../../../../helpers/encoding/codecs.ts'
import { mutate } from '../../../../helpers/encoding/mutate.ts'
import { Hand, IDS } from '../../hand.ts'
import type { World } from '../../world.ts'
import type { Act, Stage } from '../act.ts'

/** One link for each kind of damage: whoever meets it may cut the link. */
export const malform: Act = async (stage) => {
  const { world, a, b, random } = stage
  if (a.station === null || b.station === null) return false
  const hand = await Hand.reach(world.t, a, b)
  const how = random.int(4)
  if (how === 0) hand.link.a.stream.write(random.bytes(1 + random.int(400)))
  else if (how === 1) malformCore(stage, hand)
  else malformControl(stage, hand)
  world.hold(hand)
  return true
}

function malformControl({ random }: Stage, hand: Hand): void {
  for (let i = 0; i < 6; i++) {
    const type = random.int(random.int(4) === 0 ? IDS : CONTROL_NAMES.length)
    const frame = random.pick(framesOf(CONTROL_NAMES[type] ?? 'hello'))
    hand.sayBytes(type, mutate(frame, random))
  }
}

/** The channel of a core that its victim may have. */
function malformCore({ world, random }: Stage, hand: Hand): void {
  const channel = (hand.link.a.mux as any).createChannel({
    protocol: 'hypercore/alpha',
    id: crypto.discoveryKey(someCore(world, random) as any),
    handshake: c.raw,
    messages: Array.from({ length: 10 }, () => ({ encoding: c.raw, onmessage: () => {} }))
  })
  if (channel === null) return
  channel.open(random.int(2) === 0 ? random.bytes(random.int(60)) : handshake(random))
  for (let i = 0; i < 6; i++) channel.messages[random.int(10)].send(random.bytes(random.int(80)))
}

/** What stock Hypercore opens a channel with, so that what follows is read: flags, capability, seeks. */
function handshake(random: Stage['random']): Uint8Array {
  return b4a.concat([b4a.from([random.int(8)]), random.bytes(32)])
}

/** Hundreds of messages at once: questions, greetings that bring journals nobody writes, large blocks. */
export const flood: Act = async ({ world, a, b, random }) => {
  if (a.station === null || b.station === null) return false
  const hand = await Hand.reach(world.t, a, b)
  const key = someCore(world, random)
  const { id } = a.station.circle
  const heads = Array.from({ length: 4 }, () => {
    const pair = crypto.keyPair()
    return makeHead(a.keys, id, { pair, startedAtMs: a.clock.now(), previous: null })
  })
  hand.greet({ heads })
  for (let i = 0; i < 100; i++) hand.greet({ room: i % 2 === 0 ? 'none' : 'open' })
  for (let i = 0; i < 300; i++) hand.say('follow', { recording: key, start: i })
  for (let i = 0; i < 300; i++) hand.say('unfollow', { recording: i % 2 ? key : randomBytes(32) })
  const [block] = framesOf('block')
  for (let i = 0; i < 100; i++) hand.sayBytes(CONTROL_IDS.block, block!)
  world.hold(hand)
  return true
}

function someCore(world: World, random: Stage['random']): Uint8Array {
  const filmed = world.truth.all
  const own = world.forgeries.map(({ forger }) => forger.key)
  const keys = [...filmed.map(({ key }) => key), ...own]
  return keys.length > 0 ? random.pick(keys) : random.bytes(32)
}

function framesOf(name: ControlName): Uint8Array[] {
  const { samples, encode } = codedAs(CONTROL_MESSAGES[name])
  return samples.map((sample) => encode(sample))
}
