import b4a from 'b4a'
import test from 'brittle'
import type { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { passphraseBytes } from '../../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../../core/identity/seed-file.ts'
import type { RecordingKey } from '../../../core/types/keys.ts'
import { shoot, shootOn } from '../../helpers/films/camera.ts'
import { createCircle, createDevice, dirOf, replicaAt } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'

const CHEAP = { passes: 1, memoryKiB: 64 }
const WORDS = 'five words by pure chance'
const passphrase = () => passphraseBytes(WORDS)
const opener = () => ({ passphrase: passphrase() })

test('A film goes on while its device is locked, and each second is still handed on', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [author, holder] = devices as [Device, Device]
  await setPassphrase(author)
  const film = author.film(exchanges[0]!, { rotateAfterMs: 0 })
  await shoot(film, 4)
  await author.lock()
  await shootOn(film, 4, 12)
  await film.stop('stopped')
  t.ok(film.parts.length > 1, 'even a new part was begun')
  for (const part of film.parts) {
    await eventually(() => part.receipts.of(holder.key)?.length === part.end)
  }
  const last = await replicaAt(holder, film.parts.at(-1)!.key)
  await eventually(() => last.sealed && last.seconds !== null)
  t.ok(author.isLocked)
})

test('A locked holder holds what comes, signs for it, and can open nothing of it', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [author, holder] = devices as [Device, Device]
  await setPassphrase(holder)
  const before = author.film(exchanges[0]!)
  await shoot(before, 4)
  await before.stop('stopped')
  const old = await replicaAt(holder, before.parts[0]!.key)
  await eventually(() => old.reader !== null && old.sealed)
  await holder.lock()
  t.is(old.reader, null, 'what it could read, it cannot any more')
  const film = author.film(exchanges[0]!)
  await shoot(film, 8)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(holder.key)?.length === part.end)
  const held = await replicaAt(holder, part.key)
  await eventually(() => held.sealed)
  t.is(held.reader, null)
  t.is(held.seconds, null)
  await holder.unlock(opener())
  await eventually(() => held.seconds === 2 && old.reader !== null)
  t.absent(holder.isLocked)
})

test('A locked device finds its members again when the links have gone', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [author, holder] = devices as [Device, Device]
  await setPassphrase(holder)
  await holder.lock()
  for (const link of holder.network!.links) link.close()
  const film = author.film(exchanges[0]!)
  await shoot(film, 4)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(holder.key)?.length === part.end)
  t.pass()
})

test('A circle that is re-keyed while a holder is locked loses it nothing', async (t) => {
  const { devices, exchanges } = await createCircle(t, 3)
  const [organiser, holder, third] = devices as [Device, Device, Device]
  await setPassphrase(holder)
  await holder.lock()
  await organiser.trust.revoke(exchanges[0]!, third.key, 'lost')
  await eventually(() => exchanges[1]!.circle.roster.active(third.key) === null)
  const film = organiser.film(exchanges[0]!)
  await shoot(film, 8)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(holder.key)?.length === part.end)
  t.absent(announces(exchanges[1]!, part.key), 'the journal that tells of it waits')
  await holder.unlock(opener())
  await eventually(() => announces(exchanges[1]!, part.key))
  const held = await replicaAt(holder, part.key)
  await eventually(() => held.sealed && held.seconds === 2)
})

test('What changes who belongs waits until the device is unlocked', async (t) => {
  const { devices, exchanges } = await createCircle(t, 1)
  const [device] = devices as [Device]
  const exchange = exchanges[0]!
  await setPassphrase(device)
  const { goesOn, waits } = await device.lock()
  t.ok(goesOn.includes('hold') && waits.includes('invite'))
  const refused = [
    () => device.createCircle('x'),
    () => device.invite({ circle: exchange, role: 'contact', uses: 1, expiresInMs: 1000 }),
    async () => device.trust.revoke(exchange, device.key, ''),
    () => device.rename('x')
  ]
  for (const work of refused) {
    t.ok(TemoinError.is(await work().catch((err: unknown) => err), 'DEVICE_LOCKED'))
  }
  await device.unlock(opener())
  await device.rename('mine again')
  t.is(device.name, 'mine again')
})

test('A wrong passphrase, or another device’s seed, leaves it locked', async (t) => {
  const device = await createDevice(t)
  await setPassphrase(device)
  await device.lock()
  for (const wrong of [{ passphrase: passphraseBytes('not these') }, { seed: b4a.alloc(32, 1) }]) {
    const err = await device.unlock(wrong).catch((err: unknown) => err)
    t.ok(TemoinError.is(err, 'PASSPHRASE_WRONG'))
    t.ok(device.isLocked)
  }
})

test('A device whose seed anybody can read is not called locked', async (t) => {
  const device = await createDevice(t)
  const err = await device.lock().catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'BAD_STATE') && err.message.includes('temoin lock'))
  t.absent(device.isLocked)
})

test('A seed that a keystore keeps can be locked away and given again', async (t) => {
  const seed = b4a.alloc(32, 9)
  const device = await createDevice(t, { seed })
  await device.lock()
  await device.unlock({ seed })
  t.absent(device.isLocked)
  t.alike(seed, b4a.alloc(32, 9), 'the keystore’s copy is its own')
})

test('A device under a passphrase opens for who knows it', async (t) => {
  const device = await createDevice(t)
  await setPassphrase(device)
  const dir = dirOf(device)
  const { key } = device
  await device.close()
  const err = await createDevice(t, { dir }).catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'DEVICE_LOCKED'))
  const again = await createDevice(t, { dir, passphrase: () => Promise.resolve(passphrase()) })
  t.alike(again.key, key)
})

function announces({ circle }: Exchange, key: RecordingKey): boolean {
  return circle.lines.some(
    ({ entry }) => entry.kind === 'recording-announced' && b4a.equals(entry.body.recording, key)
  )
}

/** @param device one whose seed stands bare */
async function setPassphrase(device: Device): Promise<void> {
  const dir = dirOf(device)
  await putUnderPassphrase(dir, (await loadSeed(dir))!, passphrase(), CHEAP)
}
