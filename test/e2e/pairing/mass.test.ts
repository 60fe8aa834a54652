// Forty phones an hour before departure: one code on the wall, real devices on loopback without a DHT.

import test, { configure } from 'brittle'
import type { Assert } from 'brittle'
import type { Device } from '../../../core/device.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { createDevice } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'

configure({ timeout: 540_000 })

const PHONES = 40
const PATIENCE = { timeoutMs: 480_000 }

test('forty who scan one code at once are all members, and all know all', async (t) => {
  const organiser = await createDevice(t, { name: 'organiser' })
  const circle = await organiser.createCircle('march')
  const phones = await phonesOf(t, PHONES)
  const startedAtMs = Date.now()
  const host = await organiser.invite({ circle, role: 'contact', uses: 40, expiresInMs: 600_000 })
  const joined = await Promise.all(phones.map((phone) => phone.join(host.url)))
  t.comment(`${PHONES} are let in after ${secondsSince(startedAtMs)} s`)
  await eventually(() => joined.every((exchange) => hasAll(exchange)), PATIENCE)
  t.comment(`each knows all the others after ${secondsSince(startedAtMs)} s`)
  await eventually(() => joined.every((exchange) => peersOf(exchange) === PHONES), PATIENCE)
  t.comment(`each is linked with all the others after ${secondsSince(startedAtMs)} s`)
  t.is(host.terms.used, PHONES)
  const late = await createDevice(t, { name: 'one too many' })
  await t.exception(() => late.join(host.url), /used up/)
})

test('what each of many says reaches all of them, though nobody is told the same thing twice', async (t) => {
  const count = 12
  const organiser = await createDevice(t, { name: 'organiser' })
  const circle = await organiser.createCircle('march')
  const phones = await phonesOf(t, count)
  const host = await organiser.invite({
    circle,
    role: 'contact',
    uses: count,
    expiresInMs: 600_000
  })
  const joined = await Promise.all(phones.map((phone) => phone.join(host.url)))
  await eventually(() => joined.every((exchange) => peersOf(exchange) === count), PATIENCE)
  const startedAtMs = Date.now()
  await Promise.all(joined.map((exchange, i) => sayLow(exchange, phones[i]!)))
  const lines = 1 + 2 * count // the founding, each admission, each alarm
  await eventually(() => joined.every(({ circle }) => circle.lines.length === lines), PATIENCE)
  t.comment(`${count} first lines are everywhere after ${secondsSince(startedAtMs)} s`)
  for (const { circle } of joined) t.is(circle.heads.length, count + 1)
})

function phonesOf(t: Assert, count: number): Promise<Device[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) => createDevice(t, { name: 'phone ' + i }))
  )
}

function hasAll({ circle }: Exchange): boolean {
  return circle.roster.members.length === PHONES + 1
}

function peersOf(exchange: Exchange): number {
  return new Set(exchange.peers.map(({ device }) => device)).size
}

function sayLow({ circle }: Exchange, { key }: Device): Promise<void> {
  const body = { recording: null, device: key, proof: new Uint8Array(0), atMs: 1 }
  return circle.say({ kind: 'alarm', body: { alarm: 'battery-low', ...body } })
}

function secondsSince(startedAtMs: number): string {
  return ((Date.now() - startedAtMs) / 1000).toFixed(1)
}
