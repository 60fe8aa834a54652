// A film that ran long is several recordings, each naming the one before it. Finds the parts of the
// film that a recording belongs to. What an author filmed after a crash names the interrupted one as
// well, but is a film of its own.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { Replica } from '../../replica/replica.ts'
import type { RecordingFacts } from './recordings.ts'

/** The parts linked by rotation, in order; the recording itself where it never rotated. */
export function partsOfFilm(of: RecordingFacts, all: readonly RecordingFacts[]): RecordingFacts[] {
  const parts = [of]
  for (let at = before(of, all); at !== null; at = before(at, all)) parts.unshift(at)
  for (let at = after(of, all); at !== null; at = after(at, all)) parts.push(at)
  return parts
}

/** What goes on from this one: its next part, or what its author filmed after it was cut off. */
export function goesOnFrom(
  of: RecordingFacts,
  all: readonly RecordingFacts[]
): RecordingFacts | null {
  return all.find((other) => names(other, of)) ?? null
}

function before(of: RecordingFacts, all: readonly RecordingFacts[]): RecordingFacts | null {
  const found = all.find((other) => names(of, other))
  return found?.reason === 'rotated' && found.length > 0 ? found : null
}

function after(of: RecordingFacts, all: readonly RecordingFacts[]): RecordingFacts | null {
  const found = of.reason === 'rotated' ? goesOnFrom(of, all) : null
  return found && found.length > 0 ? found : null
}

/** True where `later` says it goes on from `earlier`, and both have one author. */
function names(later: RecordingFacts, earlier: RecordingFacts): boolean {
  return goesOn(later.replica, earlier.replica)
}

function goesOn(later: Replica, earlier: Replica): boolean {
  const { previous, author } = later.announced
  if (previous === null || !b4a.equals(previous, earlier.key)) return false
  return b4a.equals(author, earlier.announced.author)
}

/** Recordings as films: each with its parts in order, linked by rotation. */
export function filmsOf(replicas: readonly Replica[]): Replica[][] {
  const byKey = new Map(replicas.map((replica) => [hex(replica.key), replica]))
  const next = new Map<Replica, Replica>()
  const later = new Set<Replica>()
  for (const replica of replicas) {
    const { previous } = replica.announced
    const earlier = previous === null ? undefined : byKey.get(hex(previous))
    if (earlier?.endReason !== 'rotated' || !goesOn(replica, earlier)) continue
    next.set(earlier, replica)
    later.add(replica)
  }
  return replicas.filter((replica) => !later.has(replica)).map((first) => chain(first, next))
}

function chain(first: Replica, next: ReadonlyMap<Replica, Replica>): Replica[] {
  const parts = new Set([first])
  for (let at = next.get(first); at !== undefined && !parts.has(at); at = next.get(at))
    parts.add(at)
  return [...parts]
}
