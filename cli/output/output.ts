// What the command says, and where: results on stdout, remarks and progress on stderr; with --json one
// object a line on stdout and everything for people on stderr. A reader that goes away is no error.
// Must never: print what came from a stranger without `plain`, or mix text into JSON.

import process from '#process'
import { systemCode } from '../../core/errors.ts'
import { failureOf } from '../exit-codes.ts'
import { printableJson } from './printable.ts'
import { StatusLine } from './status-line.ts'

/** As the systems call it. */
const READER_GONE = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ECANCELED'])

type Stream = typeof process.stdout

export class Output {
  readonly json: boolean
  /** Called when nobody reads stdout any more. */
  onUnread: () => void = () => {}
  #jsonStream: Stream = process.stdout
  #unread = false
  #isUnwritten = false
  #writing: Promise<void> = Promise.resolve()
  readonly #status: StatusLine

  constructor({ json }: { json: boolean }) {
    this.json = json
    this.#status = new StatusLine(process.stderr)
    ;(process.stdout as any).on('error', (err: unknown) => this.#onFailed(err))
    ;(process.stderr as any).on('error', () => {})
  }

  /** From here on stdout carries media: JSON lines go to stderr, in place of words. */
  reserveStdout(): void {
    this.#jsonStream = process.stderr
  }

  event(event: string, fields: object): void {
    if (this.json) void this.#write(this.#jsonStream, printableJson({ event, ...fields }) + '\n')
  }

  /** A result, for people. */
  say(text: string): void {
    if (this.json) return this.note(text)
    this.#status.clear()
    void this.#write(process.stdout, text + '\n')
  }

  /** A remark, for people. */
  note(text: string): void {
    if (this.#isWordless) return
    this.#status.clear()
    void this.#write(process.stderr, text + '\n')
  }

  /** How far things are: one line that changes on a terminal, a line every few seconds elsewhere. */
  progress(text: string): void {
    if (!this.#isWordless) this.#status.show(text)
  }

  /** Leaves the last progress where it is; what comes next starts a line of its own. */
  endProgress(): void {
    this.#status.end()
  }

  /** Media for stdout; resolves when there is room for more. */
  media(bytes: Uint8Array): Promise<void> {
    return this.#write(process.stdout, bytes)
  }

  /** @returns the exit code that fits the error */
  failure(err: unknown): number {
    const { exitCode, code, message } = failureOf(err)
    this.event('error', { code, message })
    this.note(message)
    if (isDebugging()) this.note(String((err as Error)?.stack ?? err))
    return exitCode
  }

  /** Resolves when everything has left this process. */
  async flush(): Promise<void> {
    this.#status.end()
    const keepsRunning = setInterval(() => {}, 1000)
    await this.#writing
    await closed(process.stdout) // Bare tells of a failed write there, not to who wrote
    await this.#writing // what was said of that
    clearInterval(keepsRunning)
  }

  /** Something that was to go to stdout went nowhere. */
  get isUnwritten(): boolean {
    return this.#isUnwritten
  }

  get #isWordless(): boolean {
    return this.json && this.#jsonStream === process.stderr
  }

  #write(stream: Stream, data: string | Uint8Array): Promise<void> {
    const done = new Promise<void>((resolve) => {
      if (this.#unread && stream === process.stdout) return resolve()
      ;(stream as any).write(data, (err: unknown) => {
        if (err && stream === process.stdout) this.#onFailed(err)
        resolve()
      })
    })
    this.#writing = Promise.all([this.#writing, done]).then(() => {})
    return done
  }

  /** A reader that has gone wanted no more; a disk that takes nothing has lost what was asked for. */
  #onFailed(err: unknown): void {
    if (this.#unread) return
    this.#unread = true
    const code = systemCode(err)
    if (code !== null && !READER_GONE.has(code)) {
      this.#isUnwritten = true
      this.note(
        `The output could not be written (${code}): see where it goes to, and run this again`
      )
    }
    this.onUnread()
  }
}

/** Resolves at once for a stream that is whole, and for one that breaks when it has said why. */
async function closed(stream: any): Promise<void> {
  if (stream.destroying === true && stream.destroyed !== true) {
    await new Promise<void>((resolve) => stream.once('close', resolve))
  }
}

/** TEMOIN_DEBUG=1: say where things fail, for who works on this software. */
export function isDebugging(): boolean {
  return process.env['TEMOIN_DEBUG'] === '1'
}
