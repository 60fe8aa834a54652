// Everything of one recording that has to do with pushing: who follows it, what is pushed to us, and our
// own film on its way to our disk. Made when it is first needed: what rests needs none of it.

import type Hypercore from 'hypercore'
import type { SignedBlock } from '../../recording/writer.ts'
import type { Announced } from '../announced.ts'
import { OwnFilm } from './own-film.ts'
import { PushedIn } from './pushed-in.ts'
import { Upstream } from './upstream.ts'

export interface PushingOptions {
  announced: Announced
  /** The open core; null while it rests. */
  core: () => Hypercore | null
  /** True while blocks are pushed to us, not fetched. */
  isPushed: () => boolean
  passOn: (block: SignedBlock) => void
}

export class Pushing {
  readonly upstream: Upstream
  readonly pushedIn: PushedIn
  readonly ownFilm: OwnFilm

  constructor({ announced, core, isPushed, passOn }: PushingOptions) {
    const { recording, signer } = announced
    this.upstream = new Upstream(recording)
    this.ownFilm = new OwnFilm({ core, isPushed: () => this.upstream.followers > 0 })
    this.pushedIn = new PushedIn({ recording, signer, core, isPushed, passOn })
  }
}
