// A film of this page is several of the engine where that began anew in its midst: who has how much of all of
// them, one behind the other. Pure.

import type { FilmingState, HolderItem, RecordingState } from '../../../../../core/api/contract.ts'

export interface FilmPiece {
  /** Media time that the engine has; null where it cannot tell (any more), or has not said. */
  seconds: number | null
  holders: readonly HolderItem[]
  /** More of it may still come to the engine's disk: who has all there is now may not have all. */
  isOpen: boolean
}

const UNKNOWN: FilmPiece = { seconds: null, holders: [], isOpen: true }

/**
 * @param recording what the state says of it, where it does
 * @param run what the engine says of it while it takes it in; null where that is over, or was another engine
 */
export function pieceOf(
  recording: RecordingState | undefined,
  run: FilmingState | null
): FilmPiece {
  const isRunning = run !== null && run.reason === null
  if (recording?.read) {
    const { seconds, holders, phase } = recording
    return { seconds, holders, isOpen: isRunning || phase === 'live' }
  }
  if (run === null) return UNKNOWN
  return { seconds: run.ownSeconds, holders: run.holders, isOpen: isRunning }
}

/** Who has something of it: `all` of every piece, `seconds` from the beginning without a hole. */
export function holdersOf(pieces: readonly FilmPiece[]): HolderItem[] {
  const newest = pieces.flatMap(({ holders }) => holders)
  const devices = [...new Set(newest.map(({ device }) => device))]
  return devices
    .map((device) =>
      holderOf(
        pieces,
        newest.findLast((one) => one.device === device)!
      )
    )
    .filter(({ length }) => length > 0)
}

function holderOf(pieces: readonly FilmPiece[], last: HolderItem): HolderItem {
  const own = pieces.map((piece) => piece.holders.find(({ device }) => device === last.device))
  const said = own.filter((one) => one !== undefined)
  const times = said.flatMap(({ atMs }) => atMs ?? [])
  return {
    ...last,
    length: said.reduce((sum, { length }) => sum + length, 0),
    seconds: secondsOf(pieces, own),
    all: own.every((one, i) => one?.all === true && !pieces[i]!.isOpen),
    receipts: said.reduce((sum, { receipts }) => sum + receipts, 0),
    atMs: times.length === 0 ? null : Math.max(...times)
  }
}

/** Up to the first piece of which it has not all; null where that cannot be told. */
function secondsOf(
  pieces: readonly FilmPiece[],
  own: readonly (HolderItem | undefined)[]
): number | null {
  let sum = 0
  for (const [i, one] of own.entries()) {
    if (one === undefined) return sum
    const seconds = one.all ? pieces[i]!.seconds : one.seconds
    if (seconds === null) return null
    sum += seconds
    if (!one.all) return sum
  }
  return sum
}
