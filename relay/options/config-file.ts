// A relay's options as a file: one `name = value` a line, `#` begins a remark. Pure.

import { TemoinError } from '../../core/errors.ts'

export interface Line {
  value: string
  line: number
}

/** @throws TemoinError BAD_INPUT for a line that is none, or says again what another says */
export function readConfig(file: string, text: string): Map<string, Line> {
  const found = new Map<string, Line>()
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const words = raw.replace(/(^|\s)#.*$/, '').trim()
    if (words === '') continue
    const [, name, value] = /^([a-z][a-z-]*)\s*=\s*(\S.*)$/.exec(words) ?? []
    const where = `Line ${i + 1} of ${file}`
    if (name === undefined) throw bad(`${where} is not "name = value", such as "quota = 200G"`)
    const before = found.get(name)
    if (before) throw bad(`${where} says ${name} again: line ${before.line} does already`)
    found.set(name, { value: value!, line: i + 1 })
  }
  return found
}

function bad(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}
