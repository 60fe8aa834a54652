// A relay and a phone in one process, over loopback.

import test from 'brittle'
import z32 from 'z32'
import type { Assert } from 'brittle'
import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { path } from '../../core/runtime/fs.ts'
import { relayOptions } from '../../relay/options/options.ts'
import { Relay } from '../../relay/relay.ts'
import type { RelayEvents } from '../../relay/relay.ts'
import { healthOf } from '../../relay/status/status.ts'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import { createDevice } from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'
import { flipBit } from '../replica/flip.ts'
import { blocksOf, sameBytes } from '../replica/held.ts'

test('a relay holds what its circle films, counts it, and signs for it', async (t) => {
  const { phone, relay, circle } = await paired(t)
  const part = await filmed(phone, circle, relay)
  await eventually(() => relay.status().circles[0]!.recordings === 1)
  const status = relay.status()
  const [held] = status.circles
  t.is(held!.role, 'relay')
  t.ok(held!.bytes > 400_000, `${held!.bytes} bytes`)
  t.ok(held!.journalBytes > 1000, 'what the members said takes room as well')
  t.is(status.usedBytes, held!.bytes + held!.journalBytes)
  t.ok(status.receipts > 0)
  t.is(status.lagBlocks, 0)
  t.is(relay.device.find(part.key).replica.reader, null, 'and cannot read it')
})

test('a relay that is invited again is told so by the name of its own command', async (t) => {
  const { phone, relay, circle } = await paired(t)
  const host = await phone.invite({ circle, role: 'relay', uses: 1, expiresInMs: 60_000 })
  const again = relay.device.join(host.url, { timeoutMs: 60_000 })
  const err: any = await again.then(
    () => null,
    (thrown: unknown) => thrown
  )
  await host.close()
  t.is(err?.code, 'INVITE_REDEEMED')
  t.ok(/This relay is in that circle already/.test(err.message), err.message)
  t.absent(/"temoin /.test(err.message))
})

test('a quota that is used up is told to the phone, and raised without a restart', async (t) => {
  const { phone, relay, circle } = await paired(t, { quota: '600k', reserve: '200k' })
  const first = phone.film(circle)
  await shoot(first, 6, 50_000)
  const [part] = first.parts
  const peer = () => circle.peerOf(relay.device.key)!
  await shootOn(first, 6, 10, 50_000)
  await eventually(() => peer().room === 'begun' && part!.receipts.of(relay.device.key))
  t.absent(
    peer().isFullFor(part!.receipts.of(relay.device.key)!.length),
    'the film that runs goes on'
  )
  await shootOn(first, 10, 16, 50_000)
  await eventually(() => peer().room === 'none')
  await first.stop('stopped')
  const second = phone.film(circle)
  await shoot(second, 4)
  await second.stop('stopped')
  await eventually(() => relay.status().circles[0]!.refused === 1)
  t.is(second.parts[0]!.receipts.of(relay.device.key), null, 'what is not held is not signed for')
  t.is(relay.status().circles[0]!.why, 'quota')

  const before = part!.receipts.of(relay.device.key)!.length
  await relay.reload(optionsFor(relay.options.storage, { quota: '10M' }))
  const [late] = second.parts
  await eventually(() => late!.receipts.of(relay.device.key)?.length === late!.end)
  await eventually(() => part!.receipts.of(relay.device.key)?.length === part!.end)
  t.ok(before <= part!.end!, 'and nothing it had is less')
  t.is(relay.status().circles[0]!.refused, 0)
})

test('of a film that is longer than the room that is left it takes what there is room for', async (t) => {
  const phone = await createDevice(t, { name: 'phone' })
  const circle = await phone.createCircle('circle')
  const film = phone.film(circle)
  await shoot(film, 60, 50_000)
  await film.stop('stopped')
  const part = film.parts[0]!
  const relay = await joined(t, phone, circle, { quota: '1M', reserve: '100k' })
  await eventually(() => circle.peerOf(relay.device.key)?.room === 'none')
  await eventually(() => part.receipts.of(relay.device.key)!.length * 50_000 >= 1_000_000)
  const all = part.takenBytes!
  const bytesAt = (one: Relay): number => one.status().circles[0]!.bytes
  t.ok(bytesAt(relay) >= 1_000_000, `${bytesAt(relay)} bytes`)
  t.ok(bytesAt(relay) < all, 'what is still to come takes no room')

  await phone.close()
  await relay.close()
  const again = await open(t, relay.options)
  t.ok(bytesAt(again) >= 1_000_000 && bytesAt(again) < all, `${bytesAt(again)} after a restart`)
})

test('members are told in the journal that a relay fills up', async (t) => {
  const { phone, relay, circle } = await paired(t, { quota: '1M', reserve: '100k' })
  const film = phone.film(circle)
  await shoot(film, 17, 50_000)
  await eventually(() => circle.alarms.all.some(({ alarm }) => alarm === 'storage-low'))
  await film.stop('stopped')
  t.ok(relay.status().circles[0]!.share > 0.8)
})

test('a relay that is started again has counted what it has before anybody is linked', async (t) => {
  const { phone, relay, circle } = await paired(t)
  await filmed(phone, circle, relay)
  await eventually(() => relay.status().circles[0]!.live === 0)
  const { bytes } = relay.status().circles[0]!
  await phone.close()
  await relay.close()
  const again = await open(t, optionsFor(relay.options.storage))
  t.is(again.status().circles[0]!.bytes, bytes)
  t.is(again.status().circles[0]!.recordings, 1)
})

test('what its disk has changed a relay finds by itself, says, and has again from the phone', async (t) => {
  const { phone, relay, circle } = await paired(t)
  const { key } = await filmed(phone, circle, relay)
  const held = relay.device.find(key).replica
  await eventually(() => held.sealed) // what still runs is not read again
  const truth = await blocksOf(held)
  await flipBit(await held.wake(), 3)
  const found: RelayEvents['damaged'][0][] = []
  relay.on('damaged', (one) => found.push(one))
  t.is(healthOf(relay.status()), 'good', 'nobody has looked')

  await relay.reload(optionsFor(relay.options.storage, { 'scrub-rate': '1G' }))
  await eventually(() => found.length === 1)
  t.alike(found, [{ recording: z32.encode(key), blocks: 1 }])
  const { scrub } = relay.status()
  t.alike([scrub.damaged, scrub.blocks], [1, truth.length])
  t.is(healthOf(relay.status()), 'damaged')
  await eventually(async () => sameBytes(await blocksOf(held), truth))
  t.pass('it is whole again')
  await relay.reload(optionsFor(relay.options.storage))
  t.is(healthOf(relay.status()), 'damaged', 'other limits change nothing of that')
})

interface Paired {
  phone: Device
  relay: Relay
  /** As the phone has it. */
  circle: Exchange
}

async function paired(t: Assert, flags: Record<string, string> = {}): Promise<Paired> {
  const phone = await createDevice(t, { name: 'phone' })
  const circle = await phone.createCircle('circle')
  return { phone, circle, relay: await joined(t, phone, circle, flags) }
}

async function joined(
  t: Assert,
  phone: Device,
  circle: Exchange,
  flags: Record<string, string>
): Promise<Relay> {
  const relay = await open(t, optionsFor(path.join(await t.tmp(), 'relay'), flags))
  const host = await phone.invite({ circle, role: 'relay', uses: 1, expiresInMs: 60_000 })
  await relay.device.join(host.url, { timeoutMs: 60_000 })
  await host.close()
  await eventually(() => circle.peerOf(relay.device.key))
  await eventually(() => relay.status().circles[0]?.role === 'relay')
  return relay
}

/** A film of which the relay has all. */
async function filmed(phone: Device, circle: Exchange, relay: Relay): Promise<Replica> {
  const film = phone.film(circle)
  await shoot(film, 8, 50_000)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(relay.device.key)?.length === part.end)
  return part
}

function optionsFor(storage: string, flags: Record<string, string> = {}) {
  const usual = { storage, bind: '127.0.0.1', dht: 'no', 'keep-free': '100M', 'scrub-rate': '0' }
  return relayOptions({ flags: { ...usual, ...flags }, env: {}, file: null, defaultStorage: '' })
}

async function open(t: Assert, options: ReturnType<typeof optionsFor>): Promise<Relay> {
  const relay = new Relay({ options, device: { create: { name: 'relay' } } })
  t.teardown(() => relay.close())
  await relay.ready()
  return relay
}
