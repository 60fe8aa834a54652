// Pairing between real devices that come and go: whoever scans early, whoever restarts, and what is on
// the disk when it is over.

import b4a from 'b4a'
import test, { configure } from 'brittle'
import type { Device } from '../../../core/device.ts'
import { decodeInvite } from '../../../core/encoding/pairing/invite.ts'
import { TemoinError } from '../../../core/errors.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { loadSeed } from '../../../core/identity/seed-file.ts'
import { systemClock } from '../../../core/runtime/clock.ts'
import { exists, path } from '../../../core/runtime/fs.ts'
import { PairingFile } from '../../../core/store/files/state-file.ts'
import { createCircle, createDevice, dirOf, reopenDevice } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'

configure({ timeout: 300_000 })

const TERMS = { role: 'contact', expiresInMs: 600_000 } as const

test('who scans while the inviter is away gets in once it is back with the same invite', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 2, ...TERMS })
  const { url } = host
  await organiser.close()
  const phone = await createDevice(t)
  const attempts: number[] = []
  const joined = phone.join(url, { onAttempt: (attempt) => void attempts.push(attempt) })
  await eventually(() => attempts.length >= 2)
  const again = await reopenDevice(t, organiser)
  const [left] = again.openInvites
  const resumed = await again.resumeInvite(left!)
  t.is(resumed.url, url, 'the code on the wall is still right')
  const exchange = await joined
  await eventually(() => exchange.circle.roster.active(phone.key) !== null)
  t.is(resumed.terms.used, 1)
})

test('a phone that restarts before anybody answered goes on with the same invite', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 1, ...TERMS })
  await host.close()
  const phone = await createDevice(t)
  let attempts = 0
  const first = phone.join(host.url, { onAttempt: () => void attempts++ })
  first.catch(() => {})
  await eventually(() => attempts >= 1)
  const again = await reopenDevice(t, phone)
  await t.exception(() => first, /given up/)
  t.alike(again.pendingInvite, decodeInvite(host.url))
  await organiser.resumeInvite(organiser.openInvites[0]!)
  const exchange = await again.join(again.pendingInvite!)
  await eventually(() => exchange.circle.roster.active(again.key) !== null)
  t.is(again.pendingInvite, null, 'it is forgotten once redeemed')
  t.is(await pendingOnDisk(again), null)
})

test('who comes while the inviter is on hold keeps its invite, and gets in once another member agrees', async (t) => {
  const { devices, exchanges } = await createCircle(t, 3, ['contact', 'contact'])
  const [organiser, lost, other] = devices as [Device, Device, Device]
  const [circle, , others] = exchanges
  const host = await organiser.invite({ circle: circle!, uses: 1, ...TERMS })
  await organiser.trust.revoke(circle!, lost.key, 'it was taken')
  const phone = await createDevice(t)
  const refused = await phone.join(host.url).catch((err: unknown) => err)
  t.ok(TemoinError.is(refused, 'INVITE_ON_HOLD'), String(refused))
  t.alike(phone.pendingInvite, decodeInvite(host.url))
  await eventually(() => others!.circle.roster.active(lost.key) === null)
  await other.trust.second(others!, lost.key)
  await eventually(() => !circle!.circle.roster.active(organiser.key)!.onHold)
  const exchange = await phone.join(phone.pendingInvite!)
  await eventually(() => exchange.circle.roster.active(phone.key) !== null)
})

test('the uses of an invite stay spent over a restart of the inviter', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 2, ...TERMS })
  const [one, two, three] = await Promise.all([createDevice(t), createDevice(t), createDevice(t)])
  await one.join(host.url)
  const again = await reopenDevice(t, organiser)
  const resumed = await again.resumeInvite(again.openInvites[0]!)
  t.is(resumed.terms.used, 1)
  await two.join(host.url)
  await t.exception(() => three.join(host.url), /used up/)
  t.alike(again.openInvites, [], 'a spent invite is not to be gone on with')
})

test('a device that has redeemed an invite is told so at once, with nobody there to ask', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 5, ...TERMS })
  const phone = await createDevice(t)
  const exchange = await phone.join(host.url)
  await eventually(() => exchange.circle.roster.active(phone.key) !== null)
  await organiser.close()
  await t.exception(() => phone.join(host.url), /member of that circle already/)
})

test('an invite that is taken back is gone from the disk, and cannot be gone on with', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 5, ...TERMS })
  t.is((await onDisk(dirOf(organiser)))!.open.length, 1)
  await organiser.takeBack(host)
  t.alike(organiser.openInvites, [])
  t.alike((await onDisk(dirOf(organiser)))!.open, [])
})

test('once an invite has expired neither side keeps it, running or after a restart', async (t) => {
  const clock = { ...systemClock(), aheadMs: 0, now: () => Date.now() + clock.aheadMs }
  const organiser = await createDevice(t, { clock })
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 5, role: 'contact', expiresInMs: 60_000 })
  await host.close()
  const dir = dirOf(organiser)
  await organiser.close()
  t.is((await onDisk(dir))!.open.length, 1)
  clock.aheadMs = 61_000
  const again = await createDevice(t, { clock, dir })
  t.alike(again.openInvites, [])
  t.alike((await onDisk(dir))!.open, [])
  const phone = await createDevice(t, { clock })
  await t.exception(() => phone.join(host.url), /expired/)
  t.is(await pendingOnDisk(phone), null)
})

test('an invite expires while its host runs: it lets nobody in, and is forgotten', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 5, role: 'contact', expiresInMs: 1000 })
  await eventually(() => host.closed)
  await eventually(async () => (await onDisk(dirOf(organiser)))!.open.length === 0)
  t.alike(host.invite.secret, b4a.alloc(16))
  t.is(circle.circle.roster.members.length, 1)
})

test('a device’s memory of invites opens with its own seed alone', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  await organiser.invite({ circle, uses: 5, ...TERMS })
  const file = new PairingFile(dirOf(organiser), new DeviceKeys(b4a.alloc(32, 1)))
  await t.exception(() => file.load(), /of another seed/)
})

test('a panic takes what the device remembered of invites with it', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, uses: 5, ...TERMS })
  const file = path.join(dirOf(organiser), 'pairing')
  t.ok(await exists(file))
  await organiser.panic()
  t.absent(await exists(file))
  t.alike(host.invite.secret, b4a.alloc(16), 'nor is it in the memory of who hosted it')
})

async function onDisk(dir: string) {
  const seed = await loadSeed(dir)
  return new PairingFile(dir, new DeviceKeys(seed!)).load()
}

async function pendingOnDisk(device: Parameters<typeof dirOf>[0]) {
  return (await onDisk(dirOf(device)))?.joining ?? null
}
