// A film of a hostile member, who has kept its signing key: one true history that it has shown to
// somebody, and whatever else it signs.

import b4a from 'b4a'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import { Forger } from '../../replica/hostile/forger.ts'

/** Blocks of the history it shows first. */
const LENGTH = 8

export class Forgery {
  readonly forger = new Forger()
  readonly by: number

  /** @param by the device that films */
  constructor(by: number) {
    this.by = by
  }

  get blocks(): SignedBlock[] {
    return this.forger.history(shown(LENGTH))
  }

  /** The same first `same` blocks, then others. */
  rival(same: number, length: number): SignedBlock[] {
    return this.forger.history(rivalOf(same, length))
  }
}

export function shown(length: number): Uint8Array[] {
  return Array.from({ length }, (_, i) => b4a.from('what was filmed, block ' + i))
}

export function rivalOf(same: number, length: number): Uint8Array[] {
  return shown(length).map((value, i) =>
    i < same ? value : b4a.from('nothing to see here, block ' + i)
  )
}
