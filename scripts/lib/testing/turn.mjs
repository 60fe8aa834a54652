// The line by which a process that runs test files one after another (files-in-turn.mjs) says that one
// has come to its end, and reading it back. Pure.

const MARK = 'temoin: a test file has ended with exit code '

/** @param {number} code what the process would exit with if this file were its only one */
export function endLine(code) {
  return MARK + code
}

/**
 * The first file that has ended in what such a process printed.
 * @param {string} output
 * @returns {{ output: string, code: number, rest: string } | null} what it printed, and what came after
 */
export function takeTurn(output) {
  const found = new RegExp(`^${MARK}(\\d+)\\r?\\n`, 'm').exec(output)
  if (found === null) return null
  const rest = output.slice(found.index + found[0].length)
  return { output: output.slice(0, found.index), code: Number(found[1]), rest }
}
