// Decides which test files are run once more, each by itself on the then idle machine. A file that fails
// beside ten others and passes alone depends on how quick the machine is: a defect, of the test or of what
// it tests, and every run that saw one says so at its end. What fails alone as well has failed. Pure.

/** Where more have failed, it is not for want of a quick machine. */
const MOST = 3

/**
 * @typedef {import('./run-files.mjs').FileResult & { name: string, runtime: 'node' | 'bare' }} Named
 * @typedef {Named & { unsteady?: boolean }} Judged
 */

/**
 * @param {Named[]} results of a whole run
 * @returns {Named[]} those of test files that are to be run again
 */
export function toRunAgain(results) {
  const failed = results.filter(({ failed }) => failed > 0)
  return failed.length > MOST ? [] : failed.filter(({ name }) => name !== 'lint')
}

/**
 * @param {Named} first
 * @param {Named} second
 * @returns {Judged} counts of the second run; where that passed, with what the first one printed
 */
export function judge(first, second) {
  if (second.failed > 0) return second
  return { ...second, unsteady: true, problem: first.problem, output: first.output }
}
