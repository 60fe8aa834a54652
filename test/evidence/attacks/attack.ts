// Runs attacks on a package: someone who spoils it and then makes the checksums fit again. Each must
// be named for what it is, and nothing else be said.

import test from 'brittle'
import type { ReasonCode } from '../../../core/evidence/verify/verdict.ts'
import { film, newDevice, receiptFor, sourceOf } from '../film.ts'
import type { Film } from '../film.ts'
import { TestPackage, failures } from '../test-package.ts'

export interface Attack {
  title: string
  /**
   * Spoils `pack`. Its blocks 1 to 4 are media, 5 a checkpoint, 6 to 9 media, 10 a checkpoint, 11 to
   * 14 media, 15 a checkpoint, 16 the seal; two devices gave receipts, for 9 and for all 17.
   */
  run: (scene: { made: Film; pack: TestPackage }) => void
  /** The failures that must be named: all of them, and no other. */
  codes: ReasonCode[]
  /** Where the first of them lies. */
  file?: string
  block?: number
  seconds?: number
}

export function runAttacks(attacks: Attack[]): void {
  for (const attack of attacks) {
    test(`named: ${attack.title}`, async (t) => {
      const made = film()
      const receipts = [9, 17].map((length) => receiptFor(made, newDevice(), length))
      const pack = await TestPackage.of(t, sourceOf(made, receipts))
      attack.run({ made, pack })
      const verdict = await pack.resum().verify()
      t.absent(verdict.ok)
      t.alike(failures(verdict).sort(), [...attack.codes].sort())
      const place = verdict.reasons.find(({ code }) => code === attack.codes[0])!
      if (attack.file !== undefined) t.is(place.file, attack.file)
      if (attack.block !== undefined) t.is(place.block, attack.block)
      if (attack.seconds !== undefined) t.is(place.seconds, attack.seconds)
    })
  }
}
