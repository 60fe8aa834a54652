// What a seized phone shows: docs/SECURITY.md says it in words, and in the same order. The phone filmed a
// film of its own and holds one that a friend filmed and wrapped for it.

import b4a from 'b4a'
import test, { configure } from 'brittle'
import type { Assert } from 'brittle'
import type { Device } from '../../core/device.ts'
import { panic } from '../../core/device/taken/panic.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { passphraseBytes } from '../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../core/identity/seed-file.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { DESCRIPTION, fragment, INIT, shoot, shootOn } from '../helpers/films/camera.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { createDevice, dirOf, letIn, linkedWith, replicaAt } from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'
import { placedFilm } from '../helpers/films/placed-film.ts'
import { examine } from './examiner.ts'
import type { Findings } from './examiner.ts'

configure({ timeout: 300_000 })

const WORDS = 'five words by pure chance'
const CHEAP = { passes: 1, memoryKiB: 64 }
const NOTE = 'they took the one with the red scarf'
const FRAGMENTS = 8

test('Off and without a passphrase, it shows who belongs, and what was wrapped for it', async (t) => {
  const { phone, dir, secrets, own, theirs } = await scene(t)
  await phone.close()
  const found = await examine(t, dir)
  t.ok(found.seed)
  t.alike(namesIn(found), ['Amina', 'Bo'], 'names')
  t.is(found.state!.circles[0]!.name, 'quai des brumes', 'the circle')
  t.alike(opened(found, own), [], 'not what it filmed itself')
  t.ok(opened(found, theirs).includes('fragment'), 'what a friend filmed and wrapped for it')
  t.alike(found.seen(secrets), ['seed'], 'in the clear on the disk: the seed alone')
})

test('Off and locked, it shows that films are there, when each began and how long, and no more', async (t) => {
  const { phone, dir, secrets, own, theirs } = await scene(t)
  await lockDown(dir)
  await phone.close()
  for (const guess of [undefined, 'five words by bad luck']) {
    const found = await examine(t, dir, guess)
    t.absent(found.seed)
    t.is(found.state, null)
    t.alike(found.said, [])
    t.alike(found.seen(secrets), [])
    t.is(found.recordings.length, 2, 'that there are two films is seen')
    t.ok(found.recordings.every(({ entries }) => entries.length === 0))
    const starts = [own, theirs].map(({ announced }) => announced.startedAtMs)
    t.alike(found.recordings.map(({ startedAtMs }) => startedAtMs).sort(), starts.sort())
    t.ok(found.journals >= 2, 'and how many journals')
  }
})

test('Off and locked, with the passphrase it shows what it would without one', async (t) => {
  const { phone, dir, secrets, own, theirs } = await scene(t)
  await lockDown(dir)
  await phone.close()
  const found = await examine(t, dir, WORDS)
  t.alike(namesIn(found), ['Amina', 'Bo'])
  t.alike(opened(found, own), [])
  t.ok(opened(found, theirs).includes('fragment'))
  t.alike(found.seen(secrets), [], 'in the clear on the disk: nothing')
})

test('Killed in mid-film, it cannot open even what it filmed a moment ago', async (t) => {
  const { phone, circle, dir, secrets } = await scene(t)
  const film = phone.film(circle)
  await shoot(film, FRAGMENTS)
  const part = film.parts[0]!
  await eventually(() => part.length > FRAGMENTS)
  const killed = await crashCopy(t, dir)
  await shootOn(film, FRAGMENTS, FRAGMENTS + 2)
  const found = await examine(t, killed)
  const running = found.recordings.find(({ key }) => b4a.equals(key, part.key))
  t.ok(running!.blocks > FRAGMENTS, 'its blocks are there')
  t.alike(running!.entries, [], 'and do not open, with the seed in hand')
  t.alike(found.seen(secrets), ['seed'])
  await film.stop('stopped')
  t.alike(opened(await examine(t, dir), part), [], 'nor after the seal')
})

test('What its owner chose to keep readable opens with the seed, and without it does not', async (t) => {
  const { phone, circle, dir } = await scene(t)
  const film = phone.film(circle, { keepReadable: true })
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const part = film.parts[0]!
  t.ok(opened(await examine(t, dir), part).includes('fragment'))
  await lockDown(dir)
  t.alike(opened(await examine(t, dir), part), [])
})

test('Running and locked, its disk shows what a locked one shows', async (t) => {
  const { phone, circle, dir, secrets } = await scene(t)
  await lockDown(dir)
  await phone.lock()
  const film = phone.film(circle)
  await shoot(film, FRAGMENTS)
  const found = await examine(t, dir)
  t.absent(found.seed)
  t.alike(found.said, [])
  t.alike(found.seen(secrets), [])
  await film.stop('stopped')
})

test('After a panic it shows nothing, and a passphrase that is beaten out of somebody opens nothing', async (t) => {
  const { phone, friend, dir, secrets, own } = await scene(t)
  await lockDown(dir)
  await eventually(() => own.receipts.of(friend.key)?.length === own.end)
  const { notSafe } = await phone.panic()
  t.alike(
    notSafe.map(({ recording }) => b4a.equals(recording, own.key)),
    [false],
    'the friend’s own'
  )
  const found = await examine(t, dir, WORDS)
  t.absent(found.seed)
  t.alike(found.said, [])
  t.is(found.journals, 0)
  t.alike(found.seen(secrets), [])
  t.is(found.recordings.length, 1)
  await panic(dir, { everything: true })
  const after = await examine(t, dir, WORDS)
  t.is(after.recordings.length, 0)
})

test('A panic leaves of a film that nobody else has what a holder has of it: ciphertext', async (t) => {
  const { phone, friend, circle, dir, secrets } = await scene(t)
  await friend.close()
  const film = phone.film(circle, { keepReadable: true })
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const part = film.parts[0]!
  await phone.panic()
  const found = await examine(t, dir)
  t.alike(opened(found, part), [], 'the key that would have opened it is gone')
  t.ok(found.recordings.some(({ key, blocks }) => b4a.equals(key, part.key) && blocks === part.end))
  t.alike(found.seen(secrets), [])
})

interface Scene {
  phone: Device
  friend: Device
  circle: Exchange
  dir: string
  /** Filmed by the phone, sealed. */
  own: Replica
  /** Filmed by the friend, held and readable here. */
  theirs: Replica
  /** What nobody should find in the clear. */
  secrets: Record<string, Uint8Array>
}

async function scene(t: Assert): Promise<Scene> {
  const phone = await createDevice(t, { name: 'Amina' })
  const friend = await createDevice(t, { name: 'Bo' })
  const circle = await phone.createCircle('quai des brumes')
  const there = await letIn(phone, friend, circle)
  await linkedWith(there, 1)
  const dir = dirOf(phone)
  const seed = b4a.from((await loadSeed(dir))!)
  const own = await placedFilm({
    exchange: circle,
    keys: new DeviceKeys(b4a.from(seed)),
    readers: [circle.circle.roster.active(friend.key)!.box],
    fragments: FRAGMENTS,
    note: NOTE
  })
  const film = friend.film(there)
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const theirs = await replicaAt(phone, film.parts[0]!.key)
  await eventually(() => theirs.sealed && theirs.seconds !== null)
  const circleSecret = b4a.from(circle.circle.state.secret.bytes)
  const secrets = {
    seed,
    circleSecret,
    name: b4a.from('Amina'),
    circle: b4a.from('quai des brumes'),
    circleId: b4a.from(circle.circle.id),
    phone: b4a.from(phone.key),
    friend: b4a.from(friend.key),
    note: b4a.from(NOTE),
    init: INIT.subarray(100, 132),
    media: fragment(3).data.subarray(100, 132),
    mime: b4a.from(DESCRIPTION.mime)
  }
  return { phone, friend, circle, dir, own, theirs, secrets }
}

async function lockDown(dir: string): Promise<void> {
  await putUnderPassphrase(dir, (await loadSeed(dir))!, passphraseBytes(WORDS), CHEAP)
}

function namesIn({ said }: Findings): string[] {
  const names = said.flatMap(({ kind, body }) =>
    kind === 'circle-created' ? [body.deviceName] : kind === 'member-added' ? [body.name] : []
  )
  return [...new Set(names)].sort()
}

/** Kinds of the entries that opened of that recording. */
function opened({ recordings }: Findings, { key }: Replica): string[] {
  const found = recordings.find((recording) => b4a.equals(recording.key, key))
  return (found?.entries ?? []).map(({ kind }) => kind)
}
