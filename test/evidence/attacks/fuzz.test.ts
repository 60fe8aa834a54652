// Packages spoiled at random, with a seed: verification never throws and never says ok.

import b4a from 'b4a'
import test from 'brittle'
import type { PackageFiles } from '../../../core/evidence/verify/package-files.ts'
import { SUMS } from '../../../core/evidence/layout.ts'
import { verifyPackage } from '../../../core/evidence/verify/verify-package.ts'
import { seeded } from '../../helpers/random.ts'
import type { Random } from '../../helpers/random.ts'
import { film, newDevice, receiptFor, sourceOf, syntheticMedia } from '../film.ts'
import { TestPackage, memoryFiles } from '../test-package.ts'

const RUNS = 2000

/** Texts that no signature covers: changed with their checksum they are a finding, not a failure. */
const UNSIGNED = ['README.txt', 'VERIFY.txt', 'verify.sh']

const NUMBERS = ['NaN', '-1', '1e9', '99999999', '18446744073709551616', '0', '', ' 7', '0x10']

const HOSTILE_NAMES = [
  '../../etc/passwd',
  '/etc/passwd',
  'log/../../x',
  'a\u202eb',
  '',
  'C:\\x',
  '.'
]

type Mutation = (pack: TestPackage, name: string, random: Random) => void

const MUTATIONS: Mutation[] = [
  (pack, name, random) => pack.flip(name, random.int(pack.get(name).byteLength), random.int(8)),
  (pack, name, random) => pack.set(name, random.bytes(random.int(300))),
  (pack, name, random) =>
    pack.set(name, pack.get(name).subarray(0, random.int(pack.get(name).byteLength))),
  (pack, name, random) =>
    pack.set(name, b4a.concat([pack.get(name), random.bytes(1 + random.int(99))] as any)),
  (pack, name) => pack.files.delete(name),
  (pack, name, random) => pack.set(name, pack.get(random.pick(pack.names))),
  (pack, name, random) => pack.set(random.pick(HOSTILE_NAMES), pack.get(name)),
  (pack, name, random) => pack.set(`log/part-${2 + random.int(2000)}/blocks.bin`, pack.get(name)),
  (pack, name, random) => pack.set(name, spliced(pack.get(name), random)),
  (pack, _, random) => setNumber(pack, random),
  (pack, _, random) => shuffleBlocks(pack, random),
  (pack, _, random) => hostileSums(pack, random)
]

test(`${RUNS} spoiled packages: not one throws, not one is ok`, { timeout: 300_000 }, async (t) => {
  const made = film({ media: syntheticMedia(6) })
  const receipts = [4, made.blocks.length].map((n) => receiptFor(made, newDevice(), n))
  const whole = await TestPackage.of(t, sourceOf(made, receipts))
  t.ok((await whole.verify()).ok)
  const random = seeded(2026)
  let spoiled = 0
  for (let run = 0; run < RUNS; run++) {
    const pack = whole.clone()
    const name = random.pick(whole.names)
    const mutation = random.int(MUTATIONS.length)
    MUTATIONS[mutation]!(pack, name, random)
    if (random.int(2) === 0 && pack.files.has(SUMS)) pack.resum()
    if (isHarmless(whole, pack)) continue
    spoiled++
    const verdict = await pack.verify()
    if (verdict.ok) t.fail(`run ${run}: mutation ${mutation} of ${name} passes as good`)
    if (verdict.reasons.length === 0) t.fail(`run ${run}: no reason given`)
    JSON.stringify(verdict)
  }
  t.ok(spoiled > RUNS * 0.8, `${spoiled} of them really were spoiled`)
})

test('files that lie about their size or end early are no reason to throw', async (t) => {
  const made = film({ media: syntheticMedia(6) })
  const whole = await TestPackage.of(t, sourceOf(made))
  const random = seeded(11)
  for (const name of whole.names) {
    for (const size of [NaN, Infinity, -5, 2 ** 53, 1e15, 0.5, 0, whole.get(name).byteLength + 1]) {
      const verdict = await verifyPackage(lying(whole, name, { size }))
      t.absent(verdict.ok, `${name} of ${size} bytes`)
    }
    const short = await verifyPackage(lying(whole, name, { short: 1 + random.int(9) }))
    t.absent(short.ok, `${name} ends early`)
  }
})

test('a folder full of other things is no package, and is not walked for ever', async (t) => {
  const files = new Map(Array.from({ length: 20_000 }, (_, i) => [`x${i}`, b4a.alloc(1)]))
  const verdict = await verifyPackage(memoryFiles(files))
  t.absent(verdict.ok)
  t.is(verdict.reasons[0]!.code, 'TOO_MANY_FILES')
  const empty = await verifyPackage(memoryFiles(new Map()))
  t.absent(empty.ok)
  t.alike(empty.parts, [])
})

function isHarmless(whole: TestPackage, pack: TestPackage): boolean {
  const all = new Set([...whole.names, ...pack.names])
  const changed = [...all].filter((name) => {
    const [before, after] = [whole.files.get(name), pack.files.get(name)]
    return before === undefined || after === undefined || !b4a.equals(before, after)
  })
  const resummed = changed.includes(SUMS)
  const kept = changed.every((name) => pack.files.has(name))
  if (changed.length === 0) return true
  return (
    resummed &&
    kept &&
    changed.every((name) => name === SUMS || UNSIGNED.includes(name)) &&
    fits(pack)
  )
}

/** True where SHA256SUMS is what `resum` writes. */
function fits(pack: TestPackage): boolean {
  return b4a.equals(pack.clone().resum().get(SUMS), pack.get(SUMS))
}

function spliced(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.int(bytes.byteLength)
  const rest = at + random.int(40)
  return b4a.concat([
    bytes.subarray(0, at),
    random.bytes(random.int(40)),
    bytes.subarray(rest)
  ] as any)
}

function setNumber(pack: TestPackage, random: Random): void {
  const lines = b4a.toString(pack.get('log/part-1/sizes.txt') as any).split('\n')
  lines[random.int(lines.length)] = random.pick(NUMBERS)
  pack.set('log/part-1/sizes.txt', lines.join('\n'))
}

function shuffleBlocks(pack: TestPackage, random: Random): void {
  const blocks = pack.blocks()
  const moved = blocks.splice(random.int(blocks.length), 1)
  blocks.splice(random.int(blocks.length), random.int(2), ...moved)
  pack.setBlocks(blocks)
}

function hostileSums(pack: TestPackage, random: Random): void {
  const line = `${'0'.repeat(64)}  ${random.pick(HOSTILE_NAMES)}\n`
  pack.set(SUMS, random.int(2) ? line + b4a.toString(pack.get(SUMS) as any) : line.repeat(500))
}

function lying(
  pack: TestPackage,
  about: string,
  lie: { size?: number; short?: number }
): PackageFiles {
  const honest = memoryFiles(pack.files)
  return {
    list: honest.list,
    size: async (name) => (name === about && lie.size !== undefined ? lie.size : honest.size(name)),
    async read(name, offset, length) {
      const bytes = await honest.read(name, offset, length)
      if (name !== about || lie.short === undefined) return bytes
      return bytes.subarray(0, Math.max(0, bytes.byteLength - lie.short))
    }
  }
}
