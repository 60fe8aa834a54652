// Bits flipped in every file of a package: found each time, and laid at the right file's door.

import b4a from 'b4a'
import test from 'brittle'
import { SUMS } from '../../../core/evidence/layout.ts'
import { film, newDevice, receiptFor, sourceOf } from '../film.ts'
import { TestPackage, failures } from '../test-package.ts'
import { seeded } from '../../helpers/random.ts'

const PLACES_PER_FILE = 12

async function sealedPackage(t: Parameters<typeof TestPackage.of>[0]): Promise<TestPackage> {
  const made = film()
  const receipts = [5, 9, made.blocks.length].map((n) => receiptFor(made, newDevice(), n))
  return TestPackage.of(t, { ...sourceOf(made, receipts), authorName: 'Zoé' })
}

test('a flipped bit in any file is found and that file is named', async (t) => {
  const pack = await sealedPackage(t)
  const random = seeded(7)
  for (const name of pack.names) {
    const missed: string[] = []
    for (let i = 0; i < PLACES_PER_FILE; i++) {
      const byte = random.int(pack.get(name).byteLength)
      const verdict = await pack.clone().flip(name, byte, random.int(8)).verify()
      const named = verdict.reasons.some(
        ({ severity, file, message }) =>
          severity === 'failure' && (file === name || (name === SUMS && message.includes(SUMS)))
      )
      if (verdict.ok || !named) missed.push(`byte ${byte}`)
    }
    t.alike(missed, [], name)
  }
})

test('a flipped bit is found where the checksums were made to fit again', async (t) => {
  const pack = await sealedPackage(t)
  const random = seeded(8)
  const unsigned = ['README.txt', 'VERIFY.txt', 'verify.sh', SUMS]
  for (const name of pack.names.filter((name) => !unsigned.includes(name))) {
    const missed: string[] = []
    for (let i = 0; i < PLACES_PER_FILE; i++) {
      const byte = random.int(pack.get(name).byteLength)
      const verdict = await pack.clone().flip(name, byte, random.int(8)).resum().verify()
      const named = verdict.reasons.some(
        (reason) => reason.severity === 'failure' && reason.message.includes(name)
      )
      if (verdict.ok || !named) missed.push(`byte ${byte}`)
    }
    t.alike(missed, [], name)
  }
})

test('a wrong fingerprint in SHA256SUMS is laid at its own door', async (t) => {
  const pack = await sealedPackage(t)
  const text = b4a.toString(pack.get(SUMS) as any)
  for (const line of text.trim().split('\n')) {
    const name = line.slice(66)
    const other = (line[0] === '0' ? '1' : '0') + line.slice(1)
    const verdict = await pack.clone().set(SUMS, text.replace(line, other)).verify()
    t.alike(failures(verdict), ['SUMS_WRONG'], name)
    t.is(verdict.reasons[0]!.file, SUMS)
    t.ok(verdict.reasons[0]!.message.includes(name))
  }
})

test('a missing file is named, whichever it is', async (t) => {
  const pack = await sealedPackage(t)
  for (const name of pack.names) {
    const without = pack.clone()
    without.files.delete(name)
    for (const candidate of [without.clone(), name === SUMS ? without : without.resum()]) {
      const verdict = await candidate.verify()
      t.absent(verdict.ok)
      const reason = verdict.reasons.find(({ code }) => code === 'FILE_MISSING')
      t.ok(reason?.message.includes(name.replace(/(media.*)\..*/, '$1')), name)
    }
  }
})
