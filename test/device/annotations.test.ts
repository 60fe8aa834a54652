import test from 'brittle'
import type { Device } from '../../core/device.ts'
import { packageParts } from '../../core/device/facts/package-parts.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { passphraseBytes } from '../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../core/identity/seed-file.ts'
import { MAX_ANNOTATIONS } from '../../core/limits.ts'
import { createCircle, dirOf, replicaAt } from '../helpers/devices/device.ts'
import { shoot } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { TemoinError } from '../../core/errors.ts'

const PLATE = { tag: 'plate' as const, text: ' AB-123-CD ', filmMs: 500 }

test('Who can open a film says something of it, and who filmed it reads that', async (t) => {
  const { author, holder, held, exchanges } = await filmed(t)
  await holder.annotations.add(exchanges[1]!, held, PLATE)
  const own = await replicaAt(author, held.key)
  const said = await eventually(() => author.annotations.of(exchanges[0]!, own)[0])
  t.alike([said!.annotation.text, said!.annotation.filmMs], ['AB-123-CD', 500])
  t.alike(said!.annotation.device, holder.key)
  const [part] = await packageParts(exchanges[1]!, [held])
  t.is(part!.annotations!.length, 1, 'it goes out with the film')
})

test('Who filmed says something of its film, though it kept no key for it', async (t) => {
  const { author, held, exchanges } = await filmed(t)
  const own = await replicaAt(author, held.key)
  await author.annotations.add(exchanges[0]!, own, { ...PLATE, tag: null })
  t.is(author.annotations.of(exchanges[0]!, own).length, 1)
})

test('Nothing, a moment beyond the end and more than enough are refused', async (t) => {
  const { holder, held, exchanges } = await filmed(t)
  const add = (changes: object): Promise<unknown> =>
    holder.annotations.add(exchanges[1]!, held, { ...PLATE, ...changes })
  t.is(await codeOf(add({ tag: null, text: ' ' })), 'BAD_INPUT')
  t.is(await codeOf(add({ filmMs: 60_000 })), 'BAD_INPUT')
  t.is(await codeOf(add({ text: 'é'.repeat(4000) })), 'BAD_ENCODING')
  for (let i = 0; i < MAX_ANNOTATIONS; i++) await add({ text: String(i) })
  t.is(await codeOf(add({ text: 'one more' })), 'BAD_STATE')
})

test('A locked device says nothing', async (t) => {
  const { holder, held, exchanges } = await filmed(t)
  const seed = (await loadSeed(dirOf(holder)))!
  const passphrase = passphraseBytes('five words by pure chance')
  await putUnderPassphrase(dirOf(holder), seed, passphrase, { passes: 1, memoryKiB: 64 })
  await holder.lock()
  t.is(await codeOf(holder.annotations.add(exchanges[1]!, held, PLATE)), 'DEVICE_LOCKED')
})

async function codeOf(done: Promise<unknown>): Promise<string | null> {
  try {
    await done
    return null
  } catch (err) {
    if (TemoinError.is(err)) return err.code
    throw err
  }
}

/** A film of two seconds, all of it with a member who can open it. */
async function filmed(t: Parameters<typeof createCircle>[0]) {
  const { devices, exchanges } = await createCircle(t, 2)
  const [author, holder] = devices as [Device, Device]
  const film = author.film(exchanges[0] as Exchange)
  await shoot(film, 8)
  await film.stop('stopped')
  const held = await replicaAt(holder, film.parts[0]!.key)
  await eventually(() => held.sealed && held.seconds === 2)
  return { author, holder, held, exchanges }
}
