// What revoked devices wrote after their revocation, as the exchange has it: recordings that are kept
// where they came here before anybody knew, and passed on to nobody; announcements that are not acted on
// unless a member vouches for them later. Decided by circle/aftermath.ts.
// Must never: delete anything.

import type { Circle } from '../../circle/circle.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { Replica } from '../../replica/replica.ts'
import type { RecordingKey } from '../../types/keys.ts'

export interface Sorted {
  /** Lines that count after all. */
  lines: JournalLine[]
  /** Recordings to be passed on to nobody from now on. */
  out: Replica[]
  /** Recordings that are as good as any other again. */
  back: Replica[]
}

const NOTHING: Sorted = { lines: [], out: [], back: [] }

export class Apart {
  readonly #circle: Circle
  readonly #lines = new Set<JournalLine>()
  readonly #out = new Set<Replica>()

  constructor(circle: Circle) {
    this.#circle = circle
  }

  has({ announced: { author, recording } }: Replica): boolean {
    return this.#circle.aftermath.holdsRecording(author, recording)
  }

  /** True where the line is kept apart. */
  take(line: JournalLine): boolean {
    if (!this.#circle.aftermath.holds(line)) return false
    this.#lines.add(line)
    return true
  }

  /** Who was revoked, or who vouches for what a revoked device filmed, may have changed. */
  sort(replicaOf: (key: RecordingKey) => Replica | null): Sorted {
    const { aftermath } = this.#circle
    if (aftermath.isEmpty && this.#lines.size + this.#out.size === 0) return NOTHING
    const lines = [...this.#lines].filter((line) => !aftermath.holds(line))
    const here = aftermath.recordings.flatMap((key) => replicaOf(key) ?? [])
    const out = here.filter((replica) => this.has(replica) && !this.#out.has(replica))
    const back = [...this.#out].filter((replica) => !this.has(replica))
    for (const line of lines) this.#lines.delete(line)
    for (const replica of out) this.#out.add(replica)
    for (const replica of back) this.#out.delete(replica)
    return { lines, out, back }
  }
}
