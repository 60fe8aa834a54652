// Whom to follow for one recording: those its author names, best first; the author itself where none of
// them can be reached; and where the author cannot be reached either, whoever has most. Pure.
//
// The author names only members that are nearer to it than the one it tells: who keeps to that can never
// stand in a ring in which everybody waits for the next. Who reaches neither follows whoever announces
// most, and there the gap timers end a ring (follow-policy.ts): somebody outside it has more.

export interface UpstreamFacts {
  isAuthor: boolean
  /** Its place among those the author names, or -1. */
  place: number
  /** What it announces; -1 where it does not serve the recording (yet). */
  length: number
  /** It let us down a short while ago. */
  shunned: boolean
  /** Its disk takes no more, so it passes nothing on. */
  full: boolean
}

/** @returns one of `all`, or null where there is nobody to follow */
export function chooseUpstream<T extends UpstreamFacts>(all: T[]): T | null {
  const able = all.filter(({ shunned }) => !shunned)
  const author = able.find(({ isAuthor }) => isAuthor) ?? null
  const holders = able.filter(({ isAuthor, full }) => !isAuthor && !full)
  const named = holders.filter(({ place }) => place >= 0).sort((a, b) => a.place - b.place)
  return named[0] ?? author ?? longest(holders)
}

/**
 * Who may push what has not come from whom we follow: a holder that has more; else one its author names,
 * which may just not have said so; and the author only in the end. What starves us may be its own line.
 *
 * @param others all but whom we follow
 */
export function chooseInstead<T extends UpstreamFacts>(others: T[], ownLength: number): T | null {
  const holders = others.filter(({ isAuthor }) => !isAuthor)
  const ahead = holders.filter(({ length }) => length > ownLength)
  const named = holders.filter(({ place }) => place >= 0)
  return chooseUpstream(ahead) ?? chooseUpstream(named) ?? chooseUpstream(others)
}

/** True where it is worth a change to follow `best` though `current` gives what it should. */
export function isBetter(best: UpstreamFacts, current: UpstreamFacts): boolean {
  return rankOf(best) > rankOf(current)
}

function rankOf({ place, isAuthor }: UpstreamFacts): number {
  return place >= 0 ? 2 : isAuthor ? 1 : 0
}

function longest<T extends UpstreamFacts>(holders: T[]): T | null {
  const serving = holders.filter(({ length }) => length >= 0)
  return serving.sort((a, b) => b.length - a.length)[0] ?? null
}
