// Reads what a test file printed (TAP, as brittle writes it) into counts. Pure.

/**
 * @typedef {object} Ending
 * @property {number | null} code exit code, null where a signal ended the process
 * @property {boolean} timedOut
 * @typedef {object} Result
 * @property {number} passed tests
 * @property {number} failed tests, and one more where the file itself came to a bad end
 * @property {number} skipped tests
 * @property {string | null} problem what was wrong with the file as a whole
 */

/**
 * Only unindented lines are tests; indented ones are assertions. A file that ends without its closing
 * plan line has not run all its tests, whatever its exit code says.
 * @param {string} output
 * @param {Ending} ending
 * @returns {Result}
 */
export function readTap(output, ending) {
  const lines = output.split(/\r?\n/)
  const oks = lines.filter((line) => /^ok \d+ - /.test(line))
  const skipped = oks.filter((line) => / # (SKIP|TODO)$/.test(line)).length
  const failed = lines.filter((line) => /^not ok \d+ - /.test(line)).length
  const problem = problemOf(lines, ending, failed)
  return { passed: oks.length - skipped, failed: failed + (problem ? 1 : 0), skipped, problem }
}

function problemOf(lines, { code, timedOut }, failed) {
  if (timedOut) return 'it was still running at its time limit and was ended'
  const plan = lines.find((line) => /^1\.\.\d+$/.test(line))
  if (plan === undefined) return 'it ended before its last test, with exit code ' + code
  if (plan === '1..0') return 'it has no test'
  if (code !== 0 && failed === 0) return 'its tests passed but it ended with exit code ' + code
  return null
}

/** What to show of a failed file: everything but the assertions that held. */
export function shorten(output) {
  return output
    .split(/\r?\n/)
    .filter((line) => !/^ {4}ok \d+ - /.test(line))
    .join('\n')
    .trim()
}
