// The zip writer, read by programs that share no line with it: where there is a Python, or Info-ZIP's unzip.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { spawnSync } from '#subprocess'
import { crc32 } from '../../../core/api/media/crc32.ts'
import { zipBytes, zipOf } from '../../../core/api/media/zip.ts'
import type { ZipEntry, ZipLimits } from '../../../core/api/media/zip.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { seeded } from '../../helpers/random.ts'

const AT_MS = Date.UTC(2026, 10, 22, 15, 42, 10)
const random = seeded(7)
const FILES: [name: string, bytes: Uint8Array][] = [
  ['film/README.txt', b4a.from('Ce dossier contient un film\n')],
  ['film/media/part-1.mp4', random.bytes(300_000)],
  ['film/log/empty.bin', b4a.alloc(0)],
  ['film/été.txt', b4a.from('é')]
]
/** What each says of a good one. */
const READERS = [
  { command: ['python3', '-m', 'zipfile', '-t'], good: /^Done testing\s*$/ },
  { command: ['unzip', '-tq'], good: /^No errors detected/ }
].filter(({ command: [program] }) => said([program!, '--help']) !== '')

test('the checksum is the one that everybody has for these bytes', (t) => {
  t.is(crc32(b4a.from('123456789')), 0xcbf43926)
  t.is(crc32(b4a.alloc(0)), 0)
  const bytes = random.bytes(1000)
  t.is(crc32(bytes.subarray(400), crc32(bytes.subarray(0, 400))), crc32(bytes), 'piece by piece')
})

const KINDS: Record<string, ZipLimits | undefined> = {
  'small enough for the old form': undefined,
  'with sizes and places in ZIP64': { size: 20, files: 0xfffe },
  'with places alone in ZIP64': { size: 300_050, files: 0xfffe },
  'with more files than the old form counts': { size: 0xfffffffe, files: 3 }
}

for (const [kind, limits] of Object.entries(KINDS)) {
  test(`a zip ${kind} is read by ${READERS.length} other programs, and unpacks to the same`, async (t) => {
    const zip = await whole(entriesOf(FILES), limits)
    t.is(zip.byteLength, zipBytes(entriesOf(FILES), limits), 'as long as was said before')
    const file = path.join(await t.tmp(), 'film.zip')
    await fs.promises.writeFile(file, zip as any)
    for (const { command, good } of READERS) t.ok(good.test(said([...command, file])), command[0])
    if (READERS.some(({ command }) => command[0] === 'unzip')) await unpacksTo(t, file)
    zip[zip.byteLength >> 1]! ^= 1
    await fs.promises.writeFile(file, zip as any)
    for (const { command, good } of READERS) {
      t.absent(good.test(said([...command, file])), `${command[0]} sees a changed byte`)
    }
  })
}

test('ZIP64 is used where a number does not fit, and only there', async (t) => {
  const signature = '504b0606' // of the end record of ZIP64
  const has = async (limits?: ZipLimits): Promise<boolean> =>
    b4a.toString((await whole(entriesOf(FILES), limits)) as any, 'hex').includes(signature)
  t.absent(await has())
  t.ok(await has({ size: 20, files: 0xfffe }))
  const large = [{ name: 'film.mp4', bytes: 5 * 1024 ** 3, read: nothing }]
  const small = [{ name: 'film.mp4', bytes: 5, read: nothing }]
  const beside = (entries: ZipEntry[]): number => zipBytes(entries) - entries[0]!.bytes
  t.is(beside(large) - beside(small), 20 + 20 + 56 + 20, 'two fields, the end record, its locator')
})

test('a file that grows or shrinks while it is read ends the zip', async (t) => {
  for (const bytes of [3, 5]) {
    const entry = { name: 'a', bytes, read: () => piecesOf(b4a.from('abcd')) }
    await t.exception(whole([entry]), /changed while it was read/)
  }
})

function entriesOf(files: typeof FILES): ZipEntry[] {
  return files.map(([name, bytes]) => ({
    name,
    bytes: bytes.byteLength,
    read: () => piecesOf(bytes)
  }))
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.byteLength; i += 65_536) yield bytes.subarray(i, i + 65_536)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function whole(entries: ZipEntry[], limits?: ZipLimits): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of zipOf(entries, AT_MS, limits)) pieces.push(piece)
  return b4a.concat(pieces)
}

async function unpacksTo(t: Assert, file: string): Promise<void> {
  const dir = await t.tmp()
  t.is(said(['unzip', '-q', file, '-d', dir]), '')
  for (const [name, bytes] of FILES) {
    const found = (await fs.promises.readFile(path.join(dir, ...name.split('/')))) as Uint8Array
    t.ok(b4a.equals(found, bytes), name)
  }
}

/** Empty where there is no such program. */
function said([program, ...args]: string[]): string {
  try {
    const { stdout, stderr } = spawnSync(program!, args, {}) as any
    return [stdout, stderr].map((bytes) => (bytes ? b4a.toString(bytes) : '')).join('')
  } catch {
    return ''
  }
}
