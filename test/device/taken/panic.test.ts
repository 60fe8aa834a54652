import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { Device } from '../../../core/device.ts'
import { panic } from '../../../core/device/taken/panic.ts'
import { TemoinError } from '../../../core/errors.ts'
import { passphraseBytes } from '../../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../../core/identity/seed-file.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { createCircle, createDevice, dirOf } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'
import { filesWith } from '../../filming/secrets.ts'
import { hex } from '../../../core/encoding/hex.ts'

const FRAGMENTS = 8

test('A panic leaves nothing where others hold all of it', async (t) => {
  const { author, holder } = await filmed(t, { held: true })
  await holder.close()
  const wiped = await author.panic()
  t.alike(wiped.notSafe, [])
  t.is(wiped.kept, null)
  t.alike(fs.readdirSync(dirOf(author)), [])
})

test('What nobody else is known to hold is kept as the ciphertext it is, and said', async (t) => {
  const { author, recording, end } = await filmed(t, { held: false })
  const dir = dirOf(author)
  const wiped = await author.panic()
  t.alike(
    wiped.notSafe.map(({ recording, ...rest }) => ({
      ...rest,
      key: hex(recording)
    })),
    [{ length: end, safeLength: 0, key: hex(recording) }]
  )
  t.alike(fs.readdirSync(dir), ['kept'])
  t.is(wiped.kept, path.join(dir, 'kept'))
})

test('What is kept is whole: a holder could take every block of it', async (t) => {
  const { author, signer, end, blocks } = await filmed(t, { held: false })
  const { kept } = await author.panic()
  const dir = await t.tmp()
  await fs.promises.rename(kept!, path.join(dir, 'store'))
  const store = new EvidenceStore({ dir })
  t.teardown(() => store.close())
  await store.ready()
  const core = await store.core(signer)
  t.is(core.length, end)
  t.is(core.contiguousLength, end)
  for (const [i, block] of blocks.entries()) {
    t.ok(b4a.equals((await core.get(i, { wait: false }))!, block), `block ${i}`)
  }
})

test('With everything, not a file is left, and what is lost is said', async (t) => {
  const { author, end } = await filmed(t, { held: false })
  const wiped = await author.panic({ everything: true })
  t.is(wiped.kept, null)
  t.alike(
    wiped.notSafe.map(({ length }) => length),
    [end]
  )
  t.alike(fs.readdirSync(dirOf(author)), [])
})

test('Of a store of which a part is kept, no byte of the rest stays', async (t) => {
  const { author, journals } = await filmed(t, { held: false })
  t.ok(journals.length > 0)
  const dir = dirOf(author)
  await author.close()
  t.ok((await filesWith(dir, journals)).length > 0, 'they are there before')
  await panic(dir)
  t.alike(await filesWith(dir, journals), [])
})

test('A panic needs no passphrase', async (t) => {
  const { author } = await filmed(t, { held: false })
  const dir = dirOf(author)
  const seed = (await loadSeed(dir))!
  await putUnderPassphrase(dir, seed, passphraseBytes('x'), { passes: 1, memoryKiB: 64 })
  await author.close()
  const { notSafe } = await panic(dir)
  t.is(notSafe.length, 1)
  t.alike(fs.readdirSync(dir), ['kept'])
})

test('A panic on a store that cannot be read wipes the keys, leaves the rest, and says why', async (t) => {
  const { author } = await filmed(t, { held: false })
  const dir = dirOf(author)
  await author.close()
  const db = path.join(dir, 'store', 'db')
  for (const name of fs.readdirSync(db).map(String)) {
    if (/^(MANIFEST|CURRENT)/.test(name)) fs.writeFileSync(path.join(db, name), 'nonsense')
  }
  const wiped = await panic(dir)
  t.ok(wiped.left && wiped.unread !== null, wiped.unread ?? '')
  t.absent(fs.existsSync(path.join(dir, 'state')))
  const err = await createDevice(t, { dir }).catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'DEVICE_WIPED'), 'no device is made on top of it')
  const rest = await panic(dir, { everything: true })
  t.absent(rest.left)
  t.ok(rest.unread !== null, 'that it cannot be told what is lost is said')
  t.alike(fs.readdirSync(dir), [])
})

test('What is damaged, or left by a write that was cut short, is wiped like the rest', async (t) => {
  const { author } = await filmed(t, { held: true })
  const dir = dirOf(author)
  await author.close()
  for (const name of ['seed', 'state', 'state.tmp', 'clean.tmp', 'lost', 'safe.tmp']) {
    fs.writeFileSync(path.join(dir, name), 'TSEEDnonsense')
  }
  await panic(dir)
  t.alike(fs.readdirSync(dir), [])
})

test('A directory that is none of ours is not touched, nor is a file of somebody else', async (t) => {
  const dir = await t.tmp()
  fs.writeFileSync(path.join(dir, 'holiday.jpg'), 'sea')
  const err = await panic(dir).catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'DEVICE_MISSING'))
  t.alike(fs.readdirSync(dir), ['holiday.jpg'])
  const device = await createDevice(t, { dir })
  await device.panic()
  t.alike(fs.readdirSync(dir), ['holiday.jpg'])
})

test('What an earlier panic has kept stays beside what a later one keeps', async (t) => {
  const first = await filmed(t, { held: false })
  const dir = dirOf(first.author)
  await first.author.panic()
  const second = await filmed(t, { held: false, dir })
  const wiped = await second.author.panic()
  t.is(wiped.kept, path.join(dir, 'kept-2'))
  t.is(wiped.notSafe.length, 1)
  t.alike(fs.readdirSync(dir).map(String).sort(), ['kept', 'kept-2'])
})

interface Filmed {
  author: Device
  holder: Device
  recording: Uint8Array
  signer: Uint8Array
  end: number
  blocks: Uint8Array[]
  /** A piece of each journal block on the author's disk. */
  journals: Uint8Array[]
}

/** A film that the other member has all of, or nothing. */
async function filmed(t: Assert, { held, dir }: { held: boolean; dir?: string }): Promise<Filmed> {
  const { devices, exchanges } = await createCircle(t, 2, [], dir)
  const [author, holder] = devices as [Device, Device]
  if (!held) await holder.close()
  const film = author.film(exchanges[0]!)
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const part = film.parts[0]!
  if (held) await eventually(() => part.receipts.of(holder.key)?.length === part.end)
  const core = await part.wake()
  const blocks: Uint8Array[] = []
  for (let i = 0; i < core.length; i++) blocks.push((await core.get(i, { wait: false }))!)
  const journals: Uint8Array[] = []
  for (const journal of exchanges[0]!.circle.journals) {
    for (let i = 0; i < journal.contiguousLength; i++) {
      journals.push((await journal.get(i, { wait: false }))!.subarray(30, 70))
    }
  }
  const { key, announced, end } = part
  return { author, holder, recording: key, signer: announced.signer, end: end!, blocks, journals }
}
