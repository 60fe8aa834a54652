import b4a from 'b4a'
import test from 'brittle'
import { TemoinError } from '../../../core/errors.ts'
import type { ErrorCode } from '../../../core/errors.ts'
import type { PackageSource } from '../../../core/evidence/write/package-source.ts'
import type { PackageProgress, WriteOptions } from '../../../core/evidence/write/write-package.ts'
import { writePackage } from '../../../core/evidence/write/write-package.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { exists, fs, path } from '../../../core/runtime/fs.ts'
import { film, mediaBytes, newDevice, receiptFor, sourceOf } from '../film.ts'

test('a package has its files and the film byte for byte, in a folder of its owner alone', async (t) => {
  const parent = await t.tmp()
  const dir = path.join(parent, 'deep', 'package')
  const made = film()
  const written = await writePackage({ dir, parts: [sourceOf(made)] })
  t.is(written.dir, dir)
  t.is(written.seconds, 3)
  const log = ['blocks.bin', 'chain-key.bin', 'entries.txt', 'head.bin', 'head.sig', 'key.txt']
  const more = ['manifest.bin', 'receipts.bin', 'receipts.txt', 'signer.bin', 'sizes.txt']
  const part = [...log, ...more].map((name) => `log/part-1/${name}`)
  const rest = ['README.txt', 'SHA256SUMS', 'VERIFY.txt', 'media/part-1.mp4', 'verify.sh']
  t.alike(written.files, ['log/format.txt', ...part, ...rest].sort())
  t.alike(fs.readFileSync(path.join(dir, 'media/part-1.mp4')), mediaBytes(made.media))
  for (const name of path.sep === '\\' ? [] : written.files) {
    const { mode } = fs.statSync(path.join(dir, name))
    t.is(Number(mode) & 0o777, 0o644, name)
  }
  if (path.sep !== '\\') t.is(Number(fs.statSync(dir).mode) & 0o777, 0o700) // Windows keeps no modes
  t.alike(fs.readdirSync(path.dirname(dir)), ['package'], 'nothing else is left beside it')
})

test('progress is told block by block', async (t) => {
  const dir = path.join(await t.tmp(), 'package')
  const seen: PackageProgress[] = []
  const made = film()
  await writePackage({ dir, parts: [sourceOf(made)], onProgress: (step) => seen.push(step) })
  t.is(seen.length, made.blocks.length)
  t.alike(seen.at(-1), { part: 1, parts: 1, blocks: 17, ofBlocks: 17 })
})

test('an empty folder is used, a used one is not touched', async (t) => {
  const dir = await t.tmp()
  await fs.promises.mkdir(path.join(dir, 'empty'))
  await writePackage({ dir: path.join(dir, 'empty'), parts: [sourceOf(film())] })
  t.ok(await exists(path.join(dir, 'empty', 'README.txt')))
  const again = { dir: path.join(dir, 'empty'), parts: [sourceOf(film())] }
  await refused(t, again, 'BAD_INPUT', 'is not empty: name a folder')
  await fs.promises.writeFile(path.join(dir, 'file'), b4a.from('mine') as any)
  await refused(t, { ...again, dir: path.join(dir, 'file') }, 'BAD_INPUT', 'is a file')
  t.alike(fs.readdirSync(dir).sort(), ['empty', 'file'])
})

test('a damaged copy is not exported, and leaves nothing behind', async (t) => {
  const parent = await t.tmp()
  const made = film()
  const good = sourceOf(made)
  const sources: PackageSource[] = [
    {
      ...good,
      block: (index) => (index === 9 ? Promise.resolve(randomBytes(900)) : good.block(index))
    },
    { ...good, signature: randomBytes(64) },
    { ...good, length: good.length - 1 },
    { ...good, block: () => Promise.resolve(b4a.alloc(0)) }
  ]
  for (const source of sources) {
    const options = { dir: path.join(parent, 'package'), parts: [source] }
    await refused(t, options, 'STORAGE_DAMAGED', 'temoin check')
    t.alike(fs.readdirSync(parent), [])
  }
})

test('a source that fails in the middle leaves nothing behind, and its error comes through', async (t) => {
  const parent = await t.tmp()
  const good = sourceOf(film())
  const gone = new TemoinError('CLOSED', 'The store was closed')
  const block = (index: number) => (index === 9 ? Promise.reject(gone) : good.block(index))
  const options = { dir: path.join(parent, 'package'), parts: [{ ...good, block }] }
  await refused(t, options, 'CLOSED', 'closed')
  t.alike(fs.readdirSync(parent), [])
})

test('parts that do not go on from one another are refused', async (t) => {
  const dir = path.join(await t.tmp(), 'package')
  const first = film({ seal: 'rotated' })
  const second = film({ previous: first.key })
  const [a, b] = [sourceOf(first), sourceOf(second)]
  await refused(t, { dir, parts: [] }, 'BAD_INPUT', 'nothing to export')
  await refused(t, { dir, parts: [b, a] }, 'BAD_INPUT', 'one by one')
  await refused(t, { dir, parts: [{ ...a, length: 0 }] }, 'BAD_INPUT', 'Not a block')
  const { seconds } = await writePackage({ dir, parts: [a, b] })
  t.is(seconds, 6)
})

test('forged receipts and those of other recordings are left out, contradicting ones are not', async (t) => {
  const dir = path.join(await t.tmp(), 'package')
  const made = film()
  const other = film()
  const good = receiptFor(made, newDevice(), 9)
  const rival = receiptFor(made, newDevice(), 9, { treeHash: randomBytes(32) })
  const forged = { ...good, atMs: 5 }
  const foreign = receiptFor(other, newDevice(), 9)
  const parts = [sourceOf(made, [forged, good, foreign, rival])]
  const written = await writePackage({ dir, parts })
  t.is(written.receiptsLeftOut, 2)
  const text = b4a.toString(fs.readFileSync(path.join(dir, 'log/part-1/receipts.txt')) as any)
  t.ok(text.includes('2 receipts from 2 devices'))
})

test('a name for the author is hearsay, and cannot forge a line', async (t) => {
  const dir = path.join(await t.tmp(), 'package')
  const authorName = 'Zoé\n  author    somebody else\u202e'
  await writePackage({ dir, parts: [{ ...sourceOf(film()), authorName }] })
  const text = b4a.toString(fs.readFileSync(path.join(dir, 'README.txt')) as any)
  t.ok(text.includes('proven by nothing: "Zoé\\n  author    somebody else\\u202e"\n'))
})

test('README.txt says in both languages that alarms are not in the package, and why', async (t) => {
  const dir = path.join(await t.tmp(), 'package')
  await writePackage({ dir, parts: [sourceOf(film())] })
  const text = b4a.toString(fs.readFileSync(path.join(dir, 'README.txt')) as any)
  for (const words of [
    "What it does not hold: the circle's alarms",
    'no signature of their own that an outsider could check',
    "Ce qu'il ne contient pas : les alarmes du cercle",
    "sans signature propre qu'un tiers puisse vérifier"
  ]) {
    t.ok(text.includes(words), words)
  }
})

async function refused(
  t: { ok(value: unknown, message?: string): void; is(a: unknown, b: unknown): void },
  options: WriteOptions,
  code: ErrorCode,
  words: string
): Promise<void> {
  const err: any = await writePackage(options).then(
    () => null,
    (error: unknown) => error
  )
  t.is(err?.code, code)
  t.ok(err?.message.includes(words), err?.message)
}
