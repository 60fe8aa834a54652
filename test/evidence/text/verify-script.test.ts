// verify.sh, run by a real shell. It shares no line with our verifier, so the two agreeing is worth
// something.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { spawnSync } from '#subprocess'
import { writePackage } from '../../../core/evidence/write/write-package.ts'
import { partFiles } from '../../../core/evidence/layout.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import type { Annotation } from '../../../core/encoding/journal/annotation.ts'
import { MAX_TEXT_BYTES } from '../../../core/limits.ts'
import { remark } from '../../helpers/annotations.ts'
import type { Film } from '../film.ts'
import { film, newDevice, receiptFor, sourceOf, syntheticMedia } from '../film.ts'
import { Forger } from '../attacks/forger.ts'
import { TestPackage } from '../test-package.ts'

const missing = ['bash', 'b2sum', 'sha256sum', 'openssl', 'od'].filter((tool) => !runs(tool))
const keyed = run('openssl', ['list', '-mac-algorithms']).output.includes('BLAKE2BMAC')
const lacking =
  missing.length > 0 ? `no ${missing.join(', ')} here` : keyed ? null : 'OpenSSL is older than 3'

if (lacking !== null) {
  test(`skipped, ${lacking}: verify.sh agrees with our verifier`, { skip: true }, () => {})
} else {
  test('verify.sh verifies a good package of two parts', async (t) => {
    const first = film({ seal: 'rotated' })
    const { author, circle } = first
    const second = film({
      author,
      circle,
      previous: first.key,
      seal: null,
      media: syntheticMedia(3)
    })
    const parts = [first, second].map((part) => ({
      ...sourceOf(part, [receiptFor(part, newDevice(), 4)]),
      annotations: saidOf(part)
    }))
    const dir = path.join(await t.tmp(), 'package')
    await writePackage({ dir, parts })
    const { status, output } = run('bash', [path.join(dir, 'verify.sh')])
    t.is(status, 0)
    if (status !== 0) t.comment(output)
    t.absent(output.includes('FAIL'))
    t.is(output.match(/vouches for it/g)?.length, 2)
    t.is(output.match(/is the film in the log/g)?.length, 2)
    t.is(output.match(/held 4 of/g)?.length, 2)
    t.is(output.match(/2 annotations were said afterwards/g)?.length, 2)
    t.ok(output.includes('no seal'))
    t.ok(output.includes('goes on from part 1'))
    t.ok(output.includes('VERIFIED'))
  })

  const FILES = partFiles(1)
  const SPOILERS: Record<string, (pack: TestPackage) => unknown> = {
    'SHA256SUMS: ': (pack) => pack.flip('media/part-1.mp4', 100, 1),
    'SHA256SUMS does not name': (pack) => pack.set('extra.txt', 'x'),
    'is not the film in the log': (pack) => pack.flip('media/part-1.mp4', 100, 1).resum(),
    'is not about these': (pack) => pack.flip(FILES.blocks, 3000, 1).resum(),
    'is not the signature': (pack) => pack.flip(FILES.signature, 3, 1).resum(),
    'names another key': (pack) => pack.flip(FILES.manifest, 80, 1).resum(),
    'is no list of numbers': (pack) => pack.set(FILES.sizes, 'a[$(touch pwned)]\n').resum(),
    'SHA256SUMS is damaged': (pack) => pack.set('SHA256SUMS', `${'0'.repeat(64)}  ../x\n`),
    'annotation 2 is not signed': (pack) => flipLast('annotations/part-1.bin', pack).resum(),
    'is not signed by device': (pack) => changeReceipt(pack).resum()
  }
  for (const [words, spoil] of Object.entries(SPOILERS)) {
    test(`verify.sh fails a spoiled package: ${words}`, async (t) => {
      const made = film({ media: syntheticMedia(4) })
      const source = sourceOf(made, [receiptFor(made, newDevice(), 3)])
      const pack = await TestPackage.of(t, { ...source, annotations: saidOf(made) })
      spoil(pack)
      const dir = await laidOut(t, pack)
      const { status, output } = run('bash', [path.join(dir, 'verify.sh')])
      t.is(status, 1)
      t.ok(output.includes(words))
      t.absent(output.includes('\nVERIFIED'))
      t.absent(fs.existsSync(path.join(dir, 'pwned')), 'nothing in the package is run')
    })
  }

  test('verify.sh does not take one part for another', async (t) => {
    const first = film({ seal: 'rotated', media: syntheticMedia(3) })
    const { author, circle } = first
    const second = film({ author, circle, previous: first.key, media: syntheticMedia(3, 2) })
    const pack = await TestPackage.of(t, sourceOf(first), sourceOf(second))
    const stranger = film({ media: syntheticMedia(3, 9) })
    pack.takePart(await TestPackage.of(t, sourceOf(stranger)), 1, 2).resum()
    const { output } = run('bash', [path.join(await laidOut(t, pack), 'verify.sh')])
    t.ok(output.includes('does not go on from part 1'))
    t.ok(output.includes('is by another device than part 1'))
    const { sizes, blocks } = partFiles(2)
    pack.set(sizes, '').set(blocks, '').resum()
    const emptied = run('bash', [path.join(await laidOut(t, pack), 'verify.sh')])
    t.is(emptied.status, 1)
    t.is(emptied.output.match(/vouches for it$/gm)?.length, 1)
    t.ok(emptied.output.includes('media/part-2.mp4 is not the film in the log'))
  })

  test('verify.sh names a forged author and blocks after the seal', async (t) => {
    const forgery = { author: newDevice(), attestedBy: newDevice(), media: syntheticMedia(4) }
    const forger = new Forger(forgery).fragments(0, 2).seal().fragments(2)
    const pack = await TestPackage.of(t, sourceOf(forger.film()))
    const { status, output } = run('bash', [path.join(await laidOut(t, pack), 'verify.sh')])
    t.is(status, 1)
    t.ok(output.includes('the author is forged'))
    t.ok(output.includes('blocks after the seal'))
  })
}

/** Of the longest kind and the shortest. */
function saidOf({ key }: Film): Annotation[] {
  const long = { text: 'é'.repeat(MAX_TEXT_BYTES / 2), filmMs: 2 ** 40 }
  const short = { text: '', filmMs: 0, tag: null }
  return [long, short].map((said) => remark(newDevice(), key, said))
}

function flipLast(name: string, pack: TestPackage): TestPackage {
  return pack.flip(name, pack.get(name).byteLength - 1, 1)
}

function changeReceipt(pack: TestPackage): TestPackage {
  return pack.setReceipts(pack.receipts().map((receipt) => ({ ...receipt, atMs: 5 })))
}

async function laidOut(t: Assert, pack: TestPackage): Promise<string> {
  const dir = await t.tmp()
  for (const [name, bytes] of pack.files) {
    await fs.promises.mkdir(path.join(dir, path.dirname(name)), { recursive: true })
    await fs.promises.writeFile(path.join(dir, name), bytes as any)
  }
  return dir
}

function run(command: string, args: string[]): { status: number; output: string } {
  try {
    const { status, stdout, stderr } = spawnSync(command, args, {}) as any
    const output = [stdout, stderr].map((bytes) => (bytes ? b4a.toString(bytes) : '')).join('')
    return { status, output }
  } catch {
    return { status: -1, output: '' }
  }
}

function runs(tool: string): boolean {
  return run(tool, ['--version']).output !== '' || run(tool, ['version']).output !== ''
}
