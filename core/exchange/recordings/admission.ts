// Which recordings of a circle come in at all, where this device holds within limits: applies the intake to
// what journals and members tell of. What there was no room for is remembered, and taken as soon as there is.
// Must never: keep what is held already from being served.

import { hex } from '../../encoding/hex.ts'
import type { RecordingAnnounced } from '../../encoding/journal/journal-entry.ts'
import type { Claim } from '../../replica/announced.ts'
import type { Begun, Intake } from './intake.ts'
import type { Openings } from './openings.ts'
import type { Replicas } from './replicas.ts'

export interface AdmissionOptions {
  intake: Intake
  replicas: Replicas
  openings: Openings
}

export class Admission {
  readonly #options: AdmissionOptions
  readonly #refused = new Map<string, Claim>()

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /** Recordings that there was no room for. */
  get refused(): number {
    return this.#refused.size
  }

  /** True where (more of) it is taken now. */
  takes({ announced, length }: Begun): boolean {
    const { intake, replicas } = this.#options
    const { previous } = announced
    return intake.takes({ announced, length }, previous && replicas.get(previous))
  }

  /** Opens it, now or in its turn; where there is no room for it, only what is here of it. */
  hear(claim: Claim): void {
    const { openings, replicas } = this.#options
    const isSure = openings.isStarting || replicas.knows(claim.announced.recording)
    openings.later(claim, { onlyHere: !isSure && !this.admits(claim) })
  }

  /** Whether one of which nothing is here is to be opened; where it is not, it is remembered. */
  admits(claim: Claim): boolean {
    const { intake, replicas } = this.#options
    const { recording, previous } = claim.announced
    if (intake.opens(claim.announced, previous && replicas.get(previous))) return true
    if (claim.isAttested()) this.#refused.set(hex(recording), claim)
    return false
  }

  /** A film that is told over a link: where there is no room for it, the journal will tell of it. */
  mayHear({ previous }: RecordingAnnounced): boolean {
    const { limit } = this.#options.intake
    return limit === 'open' || (limit === 'begun' && previous !== null)
  }

  /** There may be room again. */
  tick(): void {
    const { limit } = this.#options.intake
    if (limit === 'none' || this.refused === 0) return
    for (const [id, claim] of [...this.#refused]) {
      if (limit === 'begun' && claim.announced.previous === null) continue
      this.#refused.delete(id)
      this.hear(claim)
    }
  }
}
