import b4a from 'b4a'
import test from 'brittle'
import type { Device } from '../../core/device.ts'
import type { FilmChoices } from '../../core/device/films.ts'
import { packageParts } from '../../core/device/facts/package-parts.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { passphraseBytes } from '../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../core/identity/seed-file.ts'
import { MAX_ANNOTATIONS } from '../../core/limits.ts'
import { createCircle, createDevice, dirOf, letIn, replicaAt } from '../helpers/devices/device.ts'
import { shoot } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { TemoinError } from '../../core/errors.ts'

const PLATE = { tag: 'plate' as const, text: ' AB-123-CD ', filmMs: 500 }

test('Who can open a film says something of it, and whoever else can reads that', async (t) => {
  const { author, holder, held, exchanges } = await filmed(t, { keepReadable: true })
  await holder.annotations.add(exchanges[1]!, held, PLATE)
  const own = await replicaAt(author, held.key)
  await own.look()
  const said = await eventually(() => exchanges[0]!.circle.annotationsOf(own.key, own.reader!)[0])
  t.alike([said!.annotation.text, said!.annotation.filmMs], ['AB-123-CD', 500])
  t.alike(said!.annotation.device, holder.key)
  const [part] = await packageParts(exchanges[1]!, [held])
  t.is(part!.annotations!.length, 1, 'it goes out with the film')
})

test('Who filmed says something of its film, though it kept no key for it, nor for what it said', async (t) => {
  const { author, held, exchanges } = await filmed(t)
  const own = await replicaAt(author, held.key)
  await author.annotations.add(exchanges[0]!, own, { ...PLATE, tag: null })
  t.is(own.reader, null)
  const [mine, theirs] = exchanges.map(({ circle }) => circle)
  await eventually(() => theirs!.linesAbout(held.key).length === 1)
  const [said] = theirs!.annotationsOf(held.key, held.reader!)
  t.is(said!.annotation.text, 'AB-123-CD')
  t.alike(said!.annotation.device, author.key)
  const [line] = mine!.linesAbout(held.key)
  t.absent(JSON.stringify(line!.entry).includes('AB-123-CD'), 'nothing of it stands in its journal')
})

test('A member who cannot open a film reads nothing of what is said of it', async (t) => {
  const { author, holder, held, exchanges } = await filmed(t)
  await holder.annotations.add(exchanges[1]!, held, PLATE)
  const { circle } = exchanges[0]!
  await eventually(() => circle.linesAbout(held.key).length === 1)
  const boxes = circle.linesAbout(held.key).map(({ entry }) => entry.body as { sealed: Uint8Array })
  const opened = held.reader!.openNotes(boxes.map(({ sealed }) => sealed))
  t.is(opened.filter((note) => note !== null).length, 1)
  await holder.close() // or it would give whoever comes the key
  const late = await createDevice(t, { name: 'late' })
  const theirs = await letIn(author, late, exchanges[0]!)
  await eventually(() => theirs.circle.linesAbout(held.key).length === 1)
  const [line] = theirs.circle.linesAbout(held.key)
  t.is(line!.entry.kind, 'annotated', 'that there is something it knows')
  const copy = await replicaAt(late, held.key)
  await copy.look()
  t.is(copy.reader, null)
  const { sealed } = line!.entry.body as { sealed: Uint8Array }
  t.absent(b4a.toString(sealed as any, 'latin1').includes('AB-123-CD'))
  t.is(await codeOf(late.annotations.add(theirs, copy, PLATE)), 'NOT_READABLE')
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
async function filmed(t: Parameters<typeof createCircle>[0], choices: FilmChoices = {}) {
  const { devices, exchanges } = await createCircle(t, 2)
  const [author, holder] = devices as [Device, Device]
  const film = author.film(exchanges[0] as Exchange, choices)
  await shoot(film, 8)
  await film.stop('stopped')
  const held = await replicaAt(holder, film.parts[0]!.key)
  await eventually(() => held.sealed && held.seconds === 2)
  return { author, holder, held, exchanges }
}
