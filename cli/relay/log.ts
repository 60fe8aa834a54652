// The log of a relay: one line for each thing that happens, JSON or words, on stderr (a service's journal
// has it from there), and as events on stdout with --json.
// Must never: write a whole key, an address of anybody, or anything out of a recording.

import process from '#process'
import { LOG_LEVELS } from '../../relay/options/options.ts'
import type { LogFormat, LogLevel } from '../../relay/options/options.ts'
import { printableJson } from '../output/printable.ts'
import type { Output } from '../output/output.ts'

export interface LogOptions {
  level: LogLevel
  format: LogFormat
}

export type Fields = Record<string, string | number | boolean | null>

export class Log {
  options: LogOptions
  readonly #out: Output

  constructor(options: LogOptions, out: Output) {
    this.options = options
    this.#out = out
  }

  error(event: string, text: string, fields: Fields = {}): void {
    this.#line('error', event, text, fields)
  }

  warn(event: string, text: string, fields: Fields = {}): void {
    this.#line('warn', event, text, fields)
  }

  info(event: string, text: string, fields: Fields = {}): void {
    this.#line('info', event, text, fields)
  }

  debug(event: string, text: string, fields: Fields = {}): void {
    this.#line('debug', event, text, fields)
  }

  #line(level: LogLevel, event: string, text: string, fields: Fields): void {
    const { options } = this
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(options.level)) return
    this.#out.event(event, { level, ...fields })
    if (this.#out.json) return
    const at = new Date().toISOString()
    if (this.#isText) this.#out.note(`${at.slice(11, 19)} ${text}`)
    else this.#out.note(printableJson({ at, level, event, ...fields, text }))
  }

  get #isText(): boolean {
    const { format } = this.options
    return format === 'text' || (format === 'auto' && (process.stderr as any).isTTY === true)
  }
}

/** Enough of a key to tell it from others. */
export function short(key: string): string {
  return key.slice(0, 8)
}
