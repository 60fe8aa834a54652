// Runs jobs side by side, as many as keep the machine busy. Half of what tests take is waiting, for
// links, timers and other processes, but not of every test: so their number is not fixed, and one more
// begins where the processors have been idle for part of the last moment.

import os from 'node:os'

const LOOK_MS = 250
/** Of the processors' time. Less is what is left over between two jobs that compute. */
const IDLE_ENOUGH = 0.05
/** Jobs for each processor: so many always run, and never more than so many. */
const FEWEST = 2
const MOST = 6

/**
 * Ends once no job is left nor running.
 * @param {(() => Promise<void>)[]} jobs taken from its front, none of which may reject; who empties it
 *   ends the run early
 */
export async function runAll(jobs) {
  const cpus = os.availableParallelism()
  const running = new Set()
  const begin = () => {
    const job = jobs
      .shift()()
      .then(() => running.delete(job))
    running.add(job)
  }
  const idleShare = watchIdle()
  const look = setInterval(() => {
    const isIdle = idleShare() > IDLE_ENOUGH
    if (isIdle && jobs.length > 0 && running.size < MOST * cpus) begin()
  }, LOOK_MS)
  while (jobs.length > 0 || running.size > 0) {
    while (jobs.length > 0 && running.size < FEWEST * cpus) begin()
    await Promise.race(running)
  }
  clearInterval(look)
}

/** @returns {() => number} the share of all processors' time that was idle since it was last asked */
function watchIdle() {
  let before = spent()
  return () => {
    const now = spent()
    const [idle, all] = [now.idle - before.idle, now.all - before.all]
    before = now
    return all > 0 ? idle / all : 0
  }
}

function spent() {
  const times = os.cpus().map(({ times }) => times)
  const idle = times.reduce((sum, { idle }) => sum + idle, 0)
  const all = times.flatMap((one) => Object.values(one)).reduce((sum, ms) => sum + ms, 0)
  return { idle, all }
}
