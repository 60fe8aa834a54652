// Asks at the terminal without showing what is typed. Raw mode, since that is what Node and Bare have in
// common: Enter ends, Backspace takes a letter back, Ctrl-C gives up.

import b4a from 'b4a'
import process from '#process'
import { TemoinError } from '../../core/errors.ts'

const ENTER = new Set(['\r', '\n'])
const BACKSPACE = new Set(['\u007f', '\b'])
const GIVE_UP = new Set(['\u0003', '\u0004'])

interface Terminal {
  isTTY?: boolean
  setRawMode(raw: boolean): unknown
  on(event: 'data', fn: (chunk: Uint8Array) => void): void
  off(event: 'data', fn: (chunk: Uint8Array) => void): void
  resume(): unknown
  pause(): unknown
}

export function hasTerminal(): boolean {
  return (process.stdin as unknown as Terminal).isTTY === true
}

/** One line, shown as it is typed. */
export function askVisible(question: string): Promise<string> {
  return ask(question, true)
}

/** @throws TemoinError BAD_INPUT where it is given up */
export function askHidden(question: string): Promise<string> {
  return ask(question, false)
}

async function ask(question: string, shown: boolean): Promise<string> {
  const input = process.stdin as unknown as Terminal
  const output = process.stderr as unknown as { write(text: string): unknown }
  input.setRawMode(!shown) // first: what is typed ahead of the question is not shown either
  output.write(question)
  try {
    return await typed(input)
  } finally {
    input.setRawMode(false)
    input.pause()
    if (!shown) output.write('\n')
  }
}

function typed(input: Terminal): Promise<string> {
  return new Promise((resolve, reject) => {
    const line = new TypedLine()
    const onData = (chunk: Uint8Array): void => {
      const ended = line.add(b4a.toString(b4a.from(chunk)))
      if (ended === null) return
      input.off('data', onData)
      if (ended === 'entered') resolve(line.text)
      else reject(new TemoinError('BAD_INPUT', 'Nothing was typed: nothing was done'))
    }
    input.on('data', onData)
    input.resume()
  })
}

/** What has been typed so far. */
export class TypedLine {
  readonly #letters: string[] = []

  get text(): string {
    return this.#letters.join('')
  }

  /** @returns how it ended, or null where it goes on */
  add(keys: string): 'entered' | 'given-up' | null {
    for (const key of keys) {
      if (ENTER.has(key)) return 'entered'
      if (GIVE_UP.has(key)) return 'given-up'
      if (BACKSPACE.has(key)) this.#letters.pop()
      else this.#letters.push(key)
    }
    return null
  }
}
