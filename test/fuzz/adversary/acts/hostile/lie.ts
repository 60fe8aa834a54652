// A hostile member lies about what there is: more blocks than were ever made, receipts for what it does
// not hold or in somebody else's name, old words said again, false lines in its own journal.

import b4a from 'b4a'
import Corestore from 'corestore'
import type { CorePeer } from 'hypercore'
import type { JournalLength } from '../../../../../core/encoding/control.ts'
import { manifestOf } from '../../../../../core/encoding/core-key.ts'
import type { JournalEntry } from '../../../../../core/encoding/journal/journal-entry.ts'
import type { Receipt } from '../../../../../core/encoding/recording/receipt.ts'
import { DeviceKeys } from '../../../../../core/identity/device-keys.ts'
import { makeReceipt } from '../../../../../core/replica/receipts/receipts.ts'
import { claimMuch } from '../../../../replica/hostile/boast.ts'
import { Hand } from '../../hand.ts'
import type { World } from '../../world.ts'
import type { Act, Stage } from '../act.ts'

/** Announces a thousand blocks of an honest film, and never gives one. */
export const boast: Act = async ({ world, a, b, random }) => {
  const filmed = world.truth.all
  if (a.station === null || b.station === null || filmed.length === 0) return false
  const store = new Corestore(await world.t.tmp())
  world.t.teardown(() => store.close())
  const { signer } = random.pick(filmed.slice(-3)).announced
  const core = store.get({ manifest: manifestOf(signer) })
  await core.ready()
  core.on('peer-add', (peer: CorePeer) => claimMuch(peer, 1000 + random.int(1000)))
  const hand = await Hand.reach(world.t, a, b)
  hand.also(() => store.close())
  core.core.replicator.attachTo(hand.link.a.mux)
  world.hold(hand)
  return true
}

/** Says again what others said before: their receipts, their blocks, their announcements. */
export const replay: Act = async ({ world, a, b, random }) => {
  if (a.station === null || b.station === null) return false
  const hand = await Hand.reach(world.t, a, b)
  const heard = receiptsHeard(world)
  hand.say('receipts', heard.slice(0, 100))
  for (const { key, blocks, announced } of world.truth.all.slice(-5)) {
    const { recording, signer, startedAtMs, previous } = announced
    const attestation = random.bytes(64)
    const body = { recording, signer, startedAtMs, previous, attestation }
    hand.say('film', body)
    hand.say('repeated', { device: announced.author, body })
    hand.say('follow', { recording: key, start: random.int(30) })
    for (const [index, value] of blocks.slice(0, 3).entries()) {
      const signature = random.bytes(64)
      hand.say('block', { recording: key, index, signature, value })
    }
    hand.say('route', { recording: key, upstreams: [b.keys.device, anyone(world, random)] })
    const first = random.pick([random.int(3), blocks.length + random.int(9), 1_000_000])
    hand.say('refuse', { recording: key, first })
    hand.say('unfollow', { recording: key })
  }
  hand.greet({ heads: world.honest[0]?.station?.circle.heads ?? [] })
  hand.say('journals', falseLengths(world, random))
  world.hold(hand)
  return true
}

/** Receipts for what nobody holds: in its own name, in its victim's, in a stranger's. */
export const claim: Act = async ({ world, a, b, random }) => {
  if (a.station === null || b.station === null) return false
  const heard = receiptsHeard(world).slice(0, 20)
  if (heard.length === 0) return false
  const hand = await Hand.reach(world.t, a, b)
  const stranger = new DeviceKeys(random.bytes(32))
  const false_ = heard.flatMap((receipt) => [
    makeReceipt(a.keys, { ...receipt, length: receipt.length + 1 + random.int(50) }),
    makeReceipt(stranger, receipt),
    { ...receipt, holder: anyone(world, random), signature: random.bytes(64) },
    { ...receipt, length: receipt.length + 7 },
    { ...makeReceipt(a.keys, receipt), holder: anyone(world, random) },
    { ...receipt, holder: anyone(world, random) }
  ])
  hand.say('receipts', false_)
  world.hold(hand)
  return true
}

/** Says in its journal what it has no right to say, or what is not so. */
export const gossip: Act = async (stage) => {
  const { a, random } = stage
  if (a.station === null) return false
  await a.station.circle.say(random.pick(falseLines(stage))).catch(() => {}) // an engine that refuses is right
  return true
}

/** What would count, were it an organiser's, is under acts/organiser/. */
export function falseLines({ world, a, b, random }: Stage): JournalEntry[] {
  const { clock } = a
  const { signedBox } = new DeviceKeys(random.bytes(32))
  const atMs = clock.now()
  const lines: JournalEntry[] = [{ kind: 'receipts', body: receiptsHeard(world).slice(0, 5) }]
  if (a.sketch.role !== 'organiser') {
    const stranger = { ...signedBox, role: 'organiser' as const, name: 'x', atMs, seen: [] }
    const out = { device: b.keys.device, reason: 'no', atMs, seen: [] }
    lines.push({ kind: 'member-added', body: stranger }, { kind: 'member-revoked', body: out })
  }
  const filmed = world.truth.all.at(-1)
  if (filmed) {
    const { recording, signer, startedAtMs, previous } = filmed.announced
    const attestation = random.bytes(64)
    const treeHash = b4a.alloc(32)
    const end = { recording, length: 1, treeHash, endedAtMs: atMs, reason: 'stopped' as const }
    lines.push(
      {
        kind: 'recording-announced',
        body: { recording, signer, startedAtMs, previous, attestation }
      },
      { kind: 'recording-sealed', body: end }
    )
  }
  return lines
}

/** More of every journal than there is, or as much of another history. */
function falseLengths({ honest }: World, random: Stage['random']): JournalLength[] {
  const journals = honest[0]?.station?.circle.journals ?? []
  return journals.map(({ key, length }) =>
    random.int(2) === 0
      ? { journal: key, length: length + 1 + random.int(9), treeHash: null }
      : { journal: key, length, treeHash: random.bytes(32) }
  )
}

function receiptsHeard({ honest }: World): Receipt[] {
  const replicas = honest.flatMap(({ station }) => station!.exchange.replicas.slice(-6))
  return replicas.flatMap(({ receipts }) => receipts.all())
}

function anyone({ actors }: World, random: Stage['random']): Uint8Array {
  return random.pick(actors).keys.device
}
