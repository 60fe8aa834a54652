// The one clock of a run. Node's hrtime is CLOCK_MONOTONIC, which every process of one machine shares,
// so a moment noted by a holder can be compared with a moment noted by the recorder.

import process from '#process'

/** Milliseconds since some moment, the same in every process of this machine. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}

export function sleepUntil(atMs: number): Promise<void> {
  return sleep(atMs - nowMs())
}

/** Asks `fn` every few milliseconds until it says yes, or until `timeoutMs` have passed. */
export async function until(
  fn: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 20
): Promise<boolean> {
  const endMs = nowMs() + timeoutMs
  while (!(await fn())) {
    if (nowMs() > endMs) return false
    await sleep(everyMs)
  }
  return true
}
