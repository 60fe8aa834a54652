// What every scenario is given, and what it gives back.

export interface Effort {
  mode: 'quick' | 'default' | 'full'
  rounds: number
  /** Seconds of film in one round of a live comparison. */
  roundSeconds: number
  /** Seconds of the film whose costs are counted. */
  costSeconds: number
  kills: number
  /** Seconds of film over each bad line. */
  lineSeconds: number
  /** Runs of the link that loses a fifth of its packets. */
  lossRuns: number
  bulkMiB: number
}

export interface Context {
  effort: Effort
  /** A directory to fill; removed at the end. */
  dir: string
  /** One line for whoever watches. */
  say: (line: string) => void
}

/** One measured figure beside its bar. */
export interface Figure {
  what: string
  value: number
  /** How to write it: `3.1 x`, `0.16 s`. */
  unit: string
  /** It should be at most this; null where there is no bar. */
  bar: number | null
}

export interface Report {
  name: string
  title: string
  columns: string[]
  rows: string[][]
  figures: Figure[]
  notes: string[]
}

/** @returns no report where this machine cannot run it; it has said why */
export type Scenario = (context: Context) => Promise<Report[]>

export const BITS_PER_SECOND = 2_500_000
