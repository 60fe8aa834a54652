import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import type { Circle } from '../../core/circle/circle.ts'
import { makeHead } from '../../core/circle/journal/journal-head.ts'
import type { Address } from '../../core/encoding/address.ts'
import { freshCircle } from '../../core/encoding/memory/device-state.ts'
import type { JournalHead } from '../../core/encoding/journal/journal-head.ts'
import type { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { MAX_ADDRESSES, MAX_MEMBERS } from '../../core/limits.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrol, enrolled, found, Station } from '../helpers/devices/station.ts'
import { newKeys } from './members.ts'

test('a head is followed where its device vouches for that journal in this circle, and not else', async (t) => {
  const { circle, keys } = await found(t)
  const member = newKeys()
  const genuine = head(member, circle.id)
  const forged: [name: string, head: JournalHead][] = [
    ['nobody signed it', { ...genuine, signature: b4a.alloc(64) }],
    ['it names another device', { ...genuine, device: keys.device }],
    ['it names another journal', { ...genuine, signer: crypto.keyPair().publicKey }],
    ['it names another start', { ...genuine, startedAtMs: 2 }],
    ['it names another journal before', { ...genuine, previous: b4a.alloc(32, 1) }],
    ['it is for another circle', head(member, randomBytes(32))],
    ['nobody who writes it signed it', { ...genuine, proof: b4a.alloc(64) }]
  ]
  const before = circle.heads.length
  for (const [name, head] of forged) {
    await circle.meet([head], [], member.device)
    t.is(circle.heads.length, before, name)
  }
  await circle.meet([genuine], [], member.device)
  t.is(circle.heads.length, before + 1)
})

test('who claims the journal of another, and is heard first, takes no word of it', async (t) => {
  const [ana, thief] = await enrolled(t, 'contact')
  const newcomer = await without(t, await enrol(t, ana, 'contact'), ana)
  const own = ana.circle.heads.find(({ device }) => b4a.equals(device, ana.keys.device))!
  const pair = { ...crypto.keyPair(), publicKey: own.signer }
  const { id } = ana.circle
  const stolen = makeHead(thief.keys, id, { pair, startedAtMs: own.startedAtMs, previous: null })
  for (const proof of [stolen.proof, own.proof]) {
    await newcomer.circle.meet([{ ...stolen, proof }], [], thief.keys.device)
  }
  await connect(t, ana, newcomer)
  await eventually(() => newcomer.circle.roster.active(ana.keys.device) !== null)
  t.pass('the newcomer reads what the founder says as the founder’s')
})

test('a head that is told again is no news', async (t) => {
  const { circle } = await found(t)
  const member = newKeys()
  const told = head(member, circle.id)
  let news = 0
  circle.on('introduction', () => news++)
  for (let i = 0; i < 3; i++) await circle.meet([told], [], member.device)
  t.is(news, 1)
})

test('devices that anyone can make up do not crowd out the journals of members', async (t) => {
  const station = await found(t)
  const { circle } = station
  const madeUp = Array.from({ length: 200 }, () => head(newKeys(), circle.id))
  await circle.meet(madeUp, [], madeUp[0]!.device)
  t.ok(circle.heads.length < 100, 'a few are followed, for a newcomer may be told of early')
  const member = await enrol(t, station)
  const before = circle.heads.length
  await circle.meet([head(member.keys, circle.id)], [], member.keys.device)
  t.is(circle.heads.length, before + 1)
})

test('what a device says of its own addresses replaces what was known of them', async (t) => {
  const { circle } = await found(t)
  const { device } = newKeys()
  await circle.meet([], [{ device, addresses: [at(1), at(2)] }], device)
  await circle.meet([], [{ device, addresses: [at(3)] }], device)
  t.alike(circle.introductions.addressesOf(device), [at(3)])
})

test('what others say of a device’s addresses adds to what is known, and replaces nothing', async (t) => {
  const { circle } = await found(t)
  const [device, other] = [newKeys().device, newKeys().device]
  await circle.meet([], [{ device, addresses: [at(1)] }], device)
  const many = Array.from({ length: MAX_ADDRESSES }, (_, i) => at(100 + i))
  await circle.meet([], [{ device, addresses: many }], other)
  t.alike(circle.introductions.addressesOf(device)[0], at(1))
  t.is(circle.introductions.addressesOf(device).length, MAX_ADDRESSES)
})

test('one member that says where another is takes no place of what it says itself, nor of what others say', async (t) => {
  const { circle } = await found(t)
  const [device, liar, honest] = [newKeys().device, newKeys().device, newKeys().device]
  const many = Array.from({ length: MAX_ADDRESSES }, (_, i) => at(100 + i))
  await circle.meet([], [{ device, addresses: many }], liar)
  await circle.meet([], [{ device, addresses: [at(1)] }], honest)
  t.ok(ports(circle, device).includes(1), 'though it comes later')
  await circle.meet([], [{ device, addresses: [at(2)] }], device)
  circle.introductions.linkedFrom(device, at(3))
  for (let i = 0; i < 20; i++) {
    const addresses = many.map(({ port }) => at(port + 10 * i))
    await circle.meet([], [{ device, addresses }], liar)
  }
  const known = ports(circle, device)
  for (const port of [1, 2, 3]) t.ok(known.includes(port), String(port))
  t.is(known.length, MAX_ADDRESSES)
  let news = 0
  circle.on('introduction', () => news++)
  for (let i = 0; i < 200; i++) {
    await circle.meet([], [{ device, addresses: [at(5000 + i)] }], liar)
  }
  t.ok(news < 64, 'nor has everybody told of it for ever')
})

test('after a restart what a device said of itself keeps its place, and what a liar said gives way', async (t) => {
  const station = await found(t)
  const [device, liar, honest] = [newKeys().device, newKeys().device, newKeys().device]
  const many = Array.from({ length: MAX_ADDRESSES }, (_, i) => at(100 + i))
  await station.circle.meet([], [{ device, addresses: [at(1), at(2)] }], device)
  await station.circle.meet([], [{ device, addresses: many }], liar)
  const { circle } = await station.reopen(t)
  await circle.meet([], [{ device, addresses: many.map(({ port }) => at(port + 50)) }], liar)
  await circle.meet([], [{ device, addresses: [at(3)] }], honest)
  const known = ports(circle, device)
  for (const port of [1, 2, 3]) t.ok(known.includes(port), String(port))
})

test('devices that nobody let in take no member’s place in the book of addresses', async (t) => {
  const { circle, state } = await found(t)
  const member = newKeys().device
  const peers = Array.from({ length: MAX_MEMBERS }, () => ({
    device: randomBytes(32),
    addresses: [at(1)]
  }))
  await circle.meet([], peers, newKeys().device)
  await circle.meet([], [{ device: member, addresses: [at(2)] }], member)
  t.alike(circle.introductions.addressesOf(member), [at(2)])
  t.is(state.peers.length, MAX_MEMBERS)
})

test('nobody fills the memory with devices that do not exist', async (t) => {
  const { circle, state } = await found(t)
  const from = newKeys().device
  const peers = Array.from({ length: 3 * MAX_MEMBERS }, () => ({
    device: randomBytes(32),
    addresses: [at(1)]
  }))
  await circle.meet([], peers, from)
  t.is(state.peers.length, MAX_MEMBERS)
})

test('a newcomer admits who let it in, and the other members once it knows of them', async (t) => {
  const founder = await found(t)
  const member = await enrol(t, founder)
  const newcomer = await enrol(t, founder)
  t.ok(newcomer.circle.admits(founder.keys.device))
  t.absent(newcomer.circle.admits(member.keys.device))
  t.ok(founder.circle.admits(newcomer.keys.device))
  t.absent(founder.circle.admits(newKeys().device))
})

test('who is revoked is admitted no more, not even by whom it let in', async (t) => {
  const [founder, member] = (await enrolled(t, 'contact')) as [Station, Station]
  for (const { circle, keys } of [founder, member]) {
    t.ok(member.circle.admits(founder.keys.device))
    await circle.say(revocation(keys.device))
    t.absent(circle.admits(keys.device))
  }
})

test('who is being revoked is admitted no more while that is still being written', async (t) => {
  const [founder, member] = (await enrolled(t, 'contact')) as [Station, Station]
  const { circle, store } = founder
  const flush = store.durable.bind(store)
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  store.durable = async () => {
    await held
    await flush()
  }
  const revoking = circle.say(revocation(member.keys.device))
  t.absent(circle.admits(member.keys.device))
  release()
  await revoking
  t.absent(circle.admits(member.keys.device))
})

/** The same device, that has been told of no journal yet. */
function without(t: Assert, { keys, state }: Station, by: Station): Promise<Station> {
  const { id, name, secret } = state
  return Station.open(t, {
    keys,
    state: freshCircle({ id, name, secret, introducer: by.keys.device })
  })
}

function revocation(device: Uint8Array) {
  const body = { device, reason: 'leaves', atMs: 1, seen: [] }
  return { kind: 'member-revoked' as const, body }
}

function head(keys: DeviceKeys, circle: Uint8Array): JournalHead {
  const pair = crypto.keyPair()
  return makeHead(keys, circle, { pair, startedAtMs: 1, previous: null })
}

function ports(circle: Circle, device: Uint8Array): number[] {
  return circle.introductions.addressesOf(device).map(({ port }) => port)
}

function at(port: number): Address {
  return { host: '10.0.0.1', port }
}
