// A device that gives up one of its circles: what goes, what stays, what the others make of it.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { holdersOf } from '../../core/device/facts/holders.ts'
import type { Device } from '../../core/device.ts'
import { hex } from '../../core/encoding/hex.ts'
import type { LeftCircle } from '../../core/encoding/memory/left-circles.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { loadLeft, saveLeft } from '../../core/store/files/left-file.ts'
import { loadSafeList, SAFE_FILE } from '../../core/store/files/safe-file.ts'
import { shoot } from '../helpers/films/camera.ts'
import { createDevice, dirOf, letIn, reopenDevice } from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'

const DAY_MS = 86_400_000

test('nothing of the circle stays but the fact, and another circle has all it had', async (t) => {
  const { relay, ana, ben } = await archived(t)
  const [gone, kept] = [await bytesAt(relay, ana.part), await bytesAt(relay, ben.part)]
  await relay.close()
  t.ok(countIn(dirOf(relay), gone) > 0 && countIn(dirOf(relay), kept) > 0, 'both are on the disk')

  const quarantine = path.join(dirOf(relay), 'quarantine')
  const aside = [ana, ben].map(({ part }) => hex(part.key) + '-7')
  fs.mkdirSync(quarantine)
  for (const name of [...aside, '000004.log']) fs.writeFileSync(path.join(quarantine, name), name)

  const again = await reopenDevice(t, relay)
  await again.leave(again.circles.find(({ circle }) => isSame(circle.id, ana.exchange))!)
  const after = await reopenDevice(t, again)
  t.alike(fs.readdirSync(quarantine).sort(), ['000004.log', aside[1]!].sort(), 'nor put aside')
  t.is(after.circles.length, 1)
  t.alike(await bytesAt(after, ben.part), kept)
  t.is(after.find(ben.part.key).replica.length, ben.part.end)
  await after.close()
  const dir = dirOf(after)
  t.is(countIn(dir, gone), 0, 'no block of it at once')
  await (await reopenDevice(t, after)).close() // the database's own list of files is new with each start
  t.is(countIn(dir, gone), 0, 'no block of it')
  t.is(countIn(dir, [ana.part.key, ana.part.core!.discoveryKey]), 0, 'no key of it')
  t.ok(countIn(dir, kept) >= kept.length)
  const left = await loadLeft(dir)
  t.alike(
    left.map(({ circle, cores }) => [circle, cores.length]),
    [[ana.exchange.circle.id, 0]]
  )
})

test('a circle that was given up cannot be joined again: its members know what it had', async (t) => {
  const { relay, ana } = await archived(t)
  const mine = relay.circles.find(({ circle }) => isSame(circle.id, ana.exchange))!
  await relay.leave(mine)
  const again = await reopenDevice(t, relay)
  await t.exception(letIn(ana.device, again, ana.exchange, 'relay'), /given up that circle/)
  t.is(again.circles.length, 1)
  t.is(again.pendingInvite, null)
})

test('what cannot be deleted holds up no other circle, and is tried again', async (t) => {
  const { relay, ana } = await archived(t)
  await relay.leave(relay.circles.find(({ circle }) => isSame(circle.id, ana.exchange))!)
  await relay.close()
  const list = path.join(dirOf(relay), SAFE_FILE)
  fs.rmSync(list, { force: true })
  fs.mkdirSync(list) // which is to be removed, and is no file
  const again = await reopenDevice(t, relay)
  t.is(again.circles.length, 1)
  t.ok((await loadLeft(dirOf(relay)))[0]!.cores.length > 0)
  await again.close()
  fs.rmdirSync(list)
  await reopenDevice(t, again)
  t.alike((await loadLeft(dirOf(relay)))[0]!.cores, [])
})

test('cut short before anything was deleted, it is done at the next start', async (t) => {
  const { relay, ana } = await archived(t)
  await relay.close()
  const again = await reopenDevice(t, relay)
  await again.leave(again.circles.find(({ circle }) => isSame(circle.id, ana.exchange))!)
  const [todo] = await loadLeft(dirOf(relay))
  const after = await reopenDevice(t, again)
  await after.close()
  await saveLeft(dirOf(relay), [todo!]) // as a kill between the last two steps leaves it
  const last = await reopenDevice(t, after)
  t.is(last.circles.length, 1)
  t.alike((await loadLeft(dirOf(relay)))[0]!.cores, [])
})

test('what another circle holds as well stays, whatever this one names', async (t) => {
  const { relay, ana, ben } = await archived(t)
  const { recording, signer, startedAtMs, previous } = ben.part.announced
  const attestation = b4a.alloc(64)
  await ana.exchange.circle.say({
    kind: 'recording-announced',
    body: { recording, signer, startedAtMs, previous, attestation }
  })
  const mine = relay.circles.find(({ circle }) => isSame(circle.id, ana.exchange))!
  await eventually(() =>
    mine.circle.lines.some(
      ({ entry }) =>
        entry.kind === 'recording-announced' && b4a.equals(entry.body.recording, recording)
    )
  )
  const kept = await bytesAt(relay, ben.part)
  t.is(await relay.leave(mine), 0, 'nobody attested it: it is none of this circle at all')
  const after = await reopenDevice(t, relay)
  t.alike(await bytesAt(after, ben.part), kept)
})

test('what somebody merely names elsewhere goes with its circle, what somebody attests there stays', async (t) => {
  const { relay, ana, ben } = await archived(t)
  const { signer, recording, startedAtMs, previous } = ana.part.announced
  const body = { recording, signer, startedAtMs, previous, attestation: b4a.alloc(64) }
  await ben.exchange.circle.say({ kind: 'recording-announced', body })
  const mine = relay.circles.find(({ circle }) => isSame(circle.id, ana.exchange))!
  const other = relay.circles.find((one) => one !== mine)!
  await eventually(() => announcedIn(other) === 2)
  t.is(await relay.leave(mine), 0)
  const [{ cores }] = (await loadLeft(dirOf(relay))) as [LeftCircle]
  t.ok(cores.some((key) => b4a.equals(key, recording)))
  t.is(new Set(cores.map(hex)).size, cores.length, 'each once')

  await ben.exchange.circle.say({ kind: 'recording-announced', body: attested(ben, ana.part) })
  await eventually(() => announcedIn(other) === 3)
  t.is(await relay.leave(mine), 1)
  const [left] = (await loadLeft(dirOf(relay))) as [LeftCircle]
  t.absent(left.cores.some((key) => b4a.equals(key, recording)))
})

test('who says that it leaves makes nothing safe any more, until it says that it stays', async (t) => {
  const { relay, ana } = await archived(t)
  const { device, exchange, part } = ana
  const mine = relay.circles.find(({ circle }) => isSame(circle.id, exchange))!
  await eventually(async () => (await safeAt(device)).length === 1)
  const dueAtMs = Date.now() + 30 * DAY_MS
  await mine.sayLeaving(dueAtMs)
  await eventually(() => exchange.leavesAt(relay.key) === dueAtMs)
  t.is(part.receipts.of(relay.key)!.length, part.end, 'though its receipts are what they were')
  await eventually(async () => (await safeAt(device)).length === 0)
  t.is(holdersOf(exchange, part, device.key).length, 1, 'but it is there until then')
  const soonMs = Date.now() + DAY_MS
  await mine.sayLeaving(soonMs)
  await eventually(() => exchange.leavesAt(relay.key) === soonMs)
  t.alike(holdersOf(exchange, part, device.key), [], 'a day before, by our clock, nobody knows')
  await mine.sayLeaving(null)
  await eventually(() => exchange.leavesAt(relay.key) === null)
  await eventually(async () => (await safeAt(device)).length === 1)
})

function announcedIn({ circle }: Exchange): number {
  return circle.lines.filter(({ entry }) => entry.kind === 'recording-announced').length
}

/** By a member of another circle than it was filmed in. */
function attested({ keys, exchange }: Filmed, { announced }: Pick<Replica, 'announced'>) {
  const { recording, signer, startedAtMs, previous } = announced
  const claim = { circle: exchange.circle.id, core: recording, startedAtMs, previous }
  const attestation = keys.attest({ kind: 'recording', ...claim })
  return { recording, signer, startedAtMs, previous, attestation }
}

interface Filmed {
  keys: DeviceKeys
  device: Device
  exchange: Exchange
  part: Replica
}

/** A relay of two circles, with a film of each. */
async function archived(t: Assert): Promise<{ relay: Device; ana: Filmed; ben: Filmed }> {
  const relay = await createDevice(t, { name: 'relay' })
  const [ana, ben] = [await filmed(t, relay, 'ana'), await filmed(t, relay, 'ben')]
  return { relay, ana, ben }
}

async function filmed(t: Assert, relay: Device, name: string): Promise<Filmed> {
  const seed = randomBytes(32)
  const keys = new DeviceKeys(b4a.from(seed))
  const device = await createDevice(t, { name, seed })
  const exchange = await device.createCircle(name)
  await letIn(device, relay, exchange, 'relay')
  const film = device.film(exchange)
  await shoot(film, 8, 20_000)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(relay.key)?.length === part.end)
  return { keys, device, exchange, part }
}

/** As they lie on the disk, block by block: enough of each to be found. */
async function bytesAt(device: Device, { key }: Replica): Promise<Uint8Array[]> {
  const core = await device.find(key).replica.wake()
  const blocks: Uint8Array[] = []
  for (let i = 0; i < core.length; i++) {
    const block: Uint8Array = (await core.get(i, { wait: false }))!
    if (block.byteLength > 200) blocks.push(b4a.from(block.subarray(100, 148)))
  }
  return blocks
}

/** How often any of these stand in the files below. */
function countIn(dir: string, all: Uint8Array[]): number {
  let count = 0
  for (const name of fs.readdirSync(dir) as string[]) {
    const file = path.join(dir, name)
    if (fs.statSync(file).isDirectory()) count += countIn(file, all)
    else {
      const bytes = fs.readFileSync(file) as Uint8Array
      for (const one of all) if (b4a.indexOf(bytes as any, one as any) !== -1) count++
    }
  }
  return count
}

function safeAt(device: Device) {
  return loadSafeList(dirOf(device))
}

function isSame(id: Uint8Array, { circle }: Exchange): boolean {
  return b4a.equals(id, circle.id)
}
