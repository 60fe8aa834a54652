// Where one entry ends and the next begins. Pure: a table test covers it.
//
// A unit is what the container never allows to be cut: a moof with its mdat, or one WebM block. A
// unit of about 250 ms or more is an entry by itself, the moment it is complete. Shorter ones
// (ffmpeg's frag_every_frame, WebM blocks) are gathered up to the count that comes nearest to
// 250 ms of the main track. Where that has nothing (audio in a moof of its own) the other tracks
// count, and where it stands still (a camera that stalled) they end the entry at twice the length:
// sound does not wait for a picture.

export interface Span {
  track: number
  startUs: number
  endUs: number
  /** The first sample can be decoded by itself. */
  key: boolean
}

export interface Unit {
  spans: Span[]
  /** Bytes a parser can begin with: every moof, but only those WebM blocks that open a cluster. */
  opens: boolean
  /** A better place to begin an entry than most: a video key frame, or the start of a cluster. */
  access: boolean
}

/** The entry being gathered. */
export interface Group {
  opens: boolean
  access: boolean
  /** Per track, from the earliest start to the latest end; `key` is that of its first sample. */
  extents: Map<number, Span>
}

export interface Policy {
  targetUs: number
  /** The track whose time counts. */
  main: number
}

export function extend(group: Group | null, unit: Unit): Group {
  const grown = group ?? { opens: unit.opens, access: unit.access, extents: new Map() }
  for (const span of unit.spans) grown.extents.set(span.track, joined(grown, span))
  return grown
}

/** The unit belongs to the next entry: it is a place to start from, or lies too far on. */
export function closesBefore(group: Group, unit: Unit, policy: Policy): boolean {
  if (group.extents.size === 0) return false
  if (unit.access && startsBetter(group, policy)) return true
  return longestUs(unit.spans.map((span) => joined(group, span))) > 2 * policy.targetUs
}

/** One more unit like this one would end further from the target than stopping here. */
export function closesAfter(group: Group, unit: Unit, policy: Policy): boolean {
  return coveredUs(group, policy) + longestUs(unit.spans) / 2 >= policy.targetUs
}

// Sound that no picture has joined yet waits for it; a group as good to start from, and still short,
// goes on.
function startsBetter(group: Group, policy: Policy): boolean {
  if (group.opens && !group.extents.has(policy.main)) return false
  return !group.access || 2 * coveredUs(group, policy) >= policy.targetUs
}

function coveredUs(group: Group, { main }: Policy): number {
  const extent = group.extents.get(main)
  return longestUs(extent ? [extent] : group.extents.values())
}

function longestUs(spans: Iterable<Span>): number {
  let longest = 0
  for (const span of spans) longest = Math.max(longest, span.endUs - span.startUs)
  return longest
}

function joined(group: Group, span: Span): Span {
  const extent = group.extents.get(span.track)
  if (!extent) return span
  const startUs = Math.min(extent.startUs, span.startUs)
  return { ...extent, startUs, endUs: Math.max(extent.endUs, span.endUs) }
}
