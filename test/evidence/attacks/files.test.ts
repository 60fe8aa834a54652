// Keys, heads, films and texts replaced, and files that do not belong.

import b4a from 'b4a'
import test from 'brittle'
import { SUMS, partFiles } from '../../../core/evidence/layout.ts'
import { manifestPreimage } from '../../../core/encoding/core-key.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { treeSignable } from '../../../core/recording/log-tree.ts'
import { runAttacks } from './attack.ts'
import { film, sourceOf, syntheticMedia, treeHash } from '../film.ts'
import { TestPackage, failures } from '../test-package.ts'

const FILES = partFiles(1)

runAttacks([
  {
    title: 'another chain key',
    run: ({ pack }) => pack.set(FILES.chainKey, randomBytes(32)),
    codes: ['CHAIN_KEY_WRONG'],
    file: FILES.chainKey
  },
  {
    title: 'another film beside the log',
    run: ({ pack }) => pack.set('media/part-1.mp4', randomBytes(20_000)),
    codes: ['MEDIA_DIFFERS'],
    file: 'media/part-1.mp4',
    block: 0
  },
  {
    title: 'a film changed from its middle on',
    run: ({ pack }) => pack.flip('media/part-1.mp4', 9_000, 3),
    codes: ['MEDIA_DIFFERS'],
    file: 'media/part-1.mp4'
  },
  {
    title: 'something appended to the film',
    run: ({ pack }) =>
      pack.set(
        'media/part-1.mp4',
        b4a.concat([pack.get('media/part-1.mp4'), randomBytes(9)] as any)
      ),
    codes: ['MEDIA_DIFFERS'],
    block: 16
  },
  {
    title: 'a film under another ending',
    run: ({ pack }) => {
      pack.set('media/part-1.webm', pack.get('media/part-1.mp4'))
      pack.files.delete('media/part-1.mp4')
    },
    codes: ['FILE_MISSING'],
    file: 'media/part-1.mp4'
  },
  {
    title: 'a head signed by another key',
    run: ({ pack }) => pack.set(FILES.signature, randomBytes(64)),
    codes: ['SIGNATURE_INVALID'],
    file: FILES.signature
  },
  {
    title: 'a head about another recording',
    run: ({ pack, made }) =>
      pack.set(FILES.head, treeSignable(film().key, treeHash(made.blocks, 17), 17, 0)),
    codes: ['HEAD_CHANGED'],
    file: FILES.head
  },
  {
    title: 'the log shown under another recording key',
    run: ({ pack }) => {
      const other = film()
      pack.set(FILES.signer, other.signer).set(FILES.manifest, manifestPreimage(other.signer))
    },
    codes: ['SIGNER_DIFFERS'],
    file: FILES.signer
  },
  {
    title: 'a false key in key.txt',
    run: ({ pack }) => pack.flip(FILES.key, 10, 1),
    codes: ['TEXT_DIFFERS'],
    file: FILES.key
  },
  {
    title: 'a false place in entries.txt',
    run: ({ pack }) =>
      pack.set(FILES.entries, textOf(pack, FILES.entries).replace('48.85', '43.30')),
    codes: ['TEXT_DIFFERS'],
    file: FILES.entries
  },
  {
    title: 'a false date in receipts.txt',
    run: ({ pack }) =>
      pack.set(FILES.receiptsText, textOf(pack, FILES.receiptsText).replace('2026', '2025')),
    codes: ['TEXT_DIFFERS'],
    file: FILES.receiptsText
  },
  {
    title: 'a file that does not belong',
    run: ({ pack }) => pack.set('media/see-this-first.mp4', 'something else'),
    codes: ['FILE_UNEXPECTED'],
    file: 'media/see-this-first.mp4'
  },
  {
    title: 'a package of a version to come',
    run: ({ pack }) => pack.set('log/format.txt', 'temoin evidence package 2\n'),
    codes: ['FORMAT_UNKNOWN'],
    file: 'log/format.txt'
  }
])

test('a file that fails a check is never called good, nor SHA256SUMS wrong for naming it', async (t) => {
  const pack = await TestPackage.of(t, sourceOf(film()))
  const longer = (name: string) => b4a.concat([pack.get(name), randomBytes(1)] as any)
  const spoiled: [file: string, bytes: Uint8Array][] = [
    [FILES.blocks, longer(FILES.blocks)],
    [FILES.signer, randomBytes(32)],
    [FILES.manifest, longer(FILES.manifest)]
  ]
  for (const [file, bytes] of spoiled) {
    const verdict = await pack.clone().set(file, bytes).verify()
    const [first, second, ...others] = verdict.reasons.filter((r) => r.severity === 'failure')
    t.is(first!.file, file, first!.message)
    t.alike([second!.code, second!.file], ['FILE_CHANGED', file])
    t.alike(others, [])
  }
})

test('a missing file is named once, and its part is not good', async (t) => {
  const pack = await TestPackage.of(t, sourceOf(film()))
  for (const file of [FILES.head, 'media/part-1.mp4', SUMS]) {
    const spoiled = pack.clone()
    spoiled.files.delete(file)
    const verdict = await spoiled.verify()
    const named = verdict.reasons.filter(({ code }) => code === 'FILE_MISSING')
    t.alike(
      named.map((reason) => reason.file),
      [file]
    )
    t.is(verdict.parts[0]!.ok, file === SUMS)
  }
})

test('a folder that is no package is said to be none before all else', async (t) => {
  const files = new Map([['holiday.jpg', randomBytes(9)]])
  const verdict = await new TestPackage(files).verify()
  t.is(verdict.reasons[0]!.code, 'NOT_A_PACKAGE')
})

test('README.txt, VERIFY.txt and verify.sh that say something else are named, and condemn nothing', async (t) => {
  const pack = await TestPackage.of(t, sourceOf(film()))
  for (const name of ['README.txt', 'VERIFY.txt', 'verify.sh']) {
    const verdict = await pack.clone().set(name, 'Trust me.\n').resum().verify()
    t.ok(verdict.ok)
    t.is(verdict.reasons.find(({ code }) => code === 'TEXT_UNKNOWN')?.file, name)
  }
})

test('what a file manager leaves behind is named, and condemns nothing', async (t) => {
  const pack = await TestPackage.of(t, sourceOf(film()))
  const verdict = await pack.set('media/.DS_Store', 'x').verify()
  t.ok(verdict.ok)
  t.is(verdict.reasons.find(({ code }) => code === 'FILE_UNEXPECTED')?.severity, 'finding')
})

test('a SHA256SUMS that could be read in two ways is damaged', async (t) => {
  const pack = await TestPackage.of(t, sourceOf(film()))
  const lines = textOf(pack, SUMS).split('\n').slice(0, -1)
  const lists = {
    'a line twice': [lines[0], ...lines],
    'out of order': lines.toReversed(),
    'a name that leads out': [...lines, `${'0'.repeat(64)}  verify/../../x`],
    capitals: [lines[0]!.toUpperCase(), ...lines.slice(1)],
    'one space': [lines[0]!.replace('  ', ' '), ...lines.slice(1)]
  }
  for (const [what, list] of Object.entries(lists)) {
    const verdict = await pack
      .clone()
      .set(SUMS, list.map((line) => line + '\n').join(''))
      .verify()
    t.ok(failures(verdict).includes('SUMS_DAMAGED'), what)
  }
  const cut = await pack.clone().set(SUMS, lines.join('\n')).verify()
  t.alike(failures(cut), ['SUMS_DAMAGED'], 'no line feed at the end')
})

test('a part by another device, or of another circle, is not the same film', async (t) => {
  const first = film({ seal: 'rotated' })
  const { author, circle, key } = first
  const others = [film({ author, previous: key }), film({ circle, previous: key })]
  for (const second of others) {
    const pack = await TestPackage.of(t, sourceOf(first), sourceOf(second))
    t.alike(failures(await pack.verify()), ['AUTHOR_DIFFERS'])
  }
})

test('a part swapped for that of another film breaks the chain', async (t) => {
  const first = film({ seal: 'rotated' })
  const { author, circle } = first
  const second = film({ author, circle, previous: first.key })
  const pack = await TestPackage.of(t, sourceOf(first), sourceOf(second))
  const stranger = film({ media: syntheticMedia(5, 9) })
  const spoiled = pack
    .clone()
    .takePart(await TestPackage.of(t, sourceOf(stranger)), 1, 2)
    .resum()
  t.alike(failures(await spoiled.verify()).sort(), ['AUTHOR_DIFFERS', 'PART_CHAIN_BROKEN'])
  const turned = pack.clone().takePart(pack, 1, 2).takePart(pack, 2, 1).resum()
  t.alike(failures(await turned.verify()), ['PART_CHAIN_BROKEN'])
  const torn = pack.clone()
  for (const name of torn.names) if (/part-1[/.]/.test(name)) torn.files.delete(name)
  const verdict = await torn.resum().verify()
  t.alike(failures(verdict), ['PART_MISSING'])
  t.is(verdict.reasons[0]!.part, 1)
})

function textOf(pack: TestPackage, name: string): string {
  return b4a.toString(pack.get(name) as any)
}
