// A film that ran long is several recordings, each naming the one before it. Finds the parts of the
// film that a recording belongs to. What an author filmed after a crash names the interrupted one as
// well, but is a film of its own.

import b4a from 'b4a'
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
  const { previous, author } = later.replica.announced
  if (previous === null || !b4a.equals(previous, earlier.replica.key)) return false
  return b4a.equals(author, earlier.replica.announced.author)
}
