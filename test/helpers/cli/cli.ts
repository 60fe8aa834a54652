// The `temoin` command as its users run it: a process of its own, under the runtime of the test, its
// JSON lines read as events. Nothing started here outlives its test.
//
//   const holder = temoin(t, ['hold'], { storage })
//   await holder.waitFor('ready')
//   const { length } = await holder.waitFor('held', ({ length }) => length > 10)
//   await holder.kill('SIGKILL')
//   const { code, last } = await run(t, ['verify', dir])

import b4a from 'b4a'
import process from '#process'
import { spawn } from '#subprocess'
import type { Subprocess } from '#subprocess'
import type { Assert } from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { root } from '../root.ts'

/** A process that says nothing for so long has failed its test. */
const PATIENCE_MS = 60_000

/** Devices of one machine that find each other by the addresses in invites and hellos alone. */
export const PRIVATE_NETWORK = ['--no-dht', '--bind', '127.0.0.1'] as const

/** One line of JSON. */
export interface CliEvent {
  event: string
  [field: string]: any
}

export interface CliOptions {
  /** `--storage`. */
  storage?: string
  /** `--json`. @default true */
  json?: boolean
  /** Added to this process's environment, which itself brings no TEMOIN_ variable. */
  env?: Record<string, string>
  /** What the command reads on stdin; 'pipe' to write it later. @default nothing */
  stdin?: Uint8Array | 'pipe'
  /** @default PRIVATE_NETWORK */
  network?: readonly string[]
  cwd?: string
  /** From the root; takes the words of the command. @default cli/bin.mjs */
  program?: string
  /** Run as this user and group, where the test may. */
  uid?: number
}

export interface Ended {
  code: number | null
  signal: string | null
}

/** Starts the command. It is killed when the test ends, if it still runs. */
export function temoin(t: Assert, args: string[], options: CliOptions = {}): CliProcess {
  const running = new CliProcess(args, options)
  t.teardown(() => running.kill('SIGKILL'))
  return running
}

/** Runs the command to its end. */
export async function run(t: Assert, args: string[], options: CliOptions = {}) {
  const running = temoin(t, args, options)
  const { code, signal } = await running.ended
  const { events, out, err } = running
  return { code, signal, events, last: events.at(-1) ?? null, out, err }
}

interface Waiter {
  from: number
  event: string
  fits: (event: any) => boolean
  resolve: (event: CliEvent) => void
}

export class CliProcess {
  readonly args: string[]
  /** Every JSON line so far, in order; not filled for `watch`, whose stdout is media. */
  readonly events: CliEvent[] = []
  /** Resolves when the process and its output have ended. */
  readonly ended: Promise<Ended>
  /** What people would read. */
  err = ''
  readonly #child: Subprocess
  readonly #chunks: Uint8Array[] = []
  readonly #waiters = new Set<Waiter>()
  readonly #json: boolean
  #rest: Uint8Array = b4a.alloc(0)
  #over = false

  constructor(args: string[], options: CliOptions) {
    const { storage, json = true, stdin, env = {}, cwd = root, uid } = options
    const program = path.join(root, options.program ?? 'cli/bin.mjs')
    const network = options.network ?? PRIVATE_NETWORK
    const where = storage === undefined ? [] : ['--storage', storage]
    this.args = [...args, ...where, ...network, ...(json ? ['--json'] : [])]
    this.#json = json && args[0] !== 'watch'
    this.#child = spawn(process.execPath, [program, ...this.args], {
      cwd,
      env: { ...cleanEnvironment(), ...env },
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid })
    })
    this.ended = this.#follow()
    const input: any = this.#child.stdin
    input?.on('error', () => {}) // the command may end before it has read everything
    if (stdin instanceof Uint8Array) this.end(stdin)
  }

  get pid(): number {
    return this.#child.pid
  }

  /** Everything on stdout, as bytes: what `watch` wrote. */
  get bytes(): Uint8Array {
    return b4a.concat(this.#chunks)
  }

  /** Everything on stdout, as text. */
  get out(): string {
    return b4a.toString(this.bytes as any)
  }

  /**
   * The first event of that name that fits, among those already there and those to come.
   * @throws where the process ends, or stays silent for too long, without it
   */
  waitFor(
    event: string,
    fits: (event: any) => boolean = () => true,
    { from = 0, timeoutMs = PATIENCE_MS }: { from?: number; timeoutMs?: number } = {}
  ): Promise<CliEvent> {
    const known = this.events.slice(from).find((line) => line.event === event && fits(line))
    if (known) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const waiter = { from, event, fits, resolve: (line: CliEvent) => done(() => resolve(line)) }
      const fail = (why: string) => done(() => reject(this.#failure(event, why)))
      const timer = setTimeout(() => fail(`did not come within ${timeoutMs} ms`), timeoutMs)
      const done = (finish: () => void): void => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
        finish()
      }
      this.#waiters.add(waiter)
      void this.ended.then(() => fail('never came'))
    })
  }

  write(bytes: Uint8Array): void {
    this.#child.stdin!.write(bytes as any)
  }

  end(bytes?: Uint8Array): void {
    if (bytes) this.write(bytes)
    this.#child.stdin!.end()
  }

  /** Resolves once something is on stdout. */
  async firstOutput(): Promise<void> {
    if (this.#chunks.length > 0) return
    await new Promise<void>((resolve) => this.#child.stdout!.once('data', () => resolve()))
  }

  /** Goes away, as `head` does when it has enough. */
  stopReading(): void {
    this.#child.stdout!.destroy()
  }

  /** Sends a signal; resolves when the process has ended. */
  kill(signal: string = 'SIGKILL'): Promise<Ended> {
    this.signal(signal)
    return this.ended
  }

  /** Not by the child's own `kill`, which under Bare sends one signal and no other after it. */
  signal(signal: string): void {
    if (this.#over) return
    try {
      process.kill(this.pid, signal as any)
    } catch (err: any) {
      if (err.code !== 'ESRCH') throw err // it has ended, and nobody has told yet
    }
  }

  #follow(): Promise<Ended> {
    const { stdout, stderr } = this.#child
    stdout!.on('data', (chunk: any) => this.#onOutput(chunk))
    stderr!.on('data', (chunk: any) => (this.err += String(chunk)))
    const child = this.#child as any
    return new Promise((resolve, reject) => {
      const ended: Ended = { code: null, signal: null }
      let open = 3 // exit can come before the last output
      const done = (): void => {
        if (--open === 0) resolve(ended)
      }
      child.on('error', reject)
      child.on('exit', (code: number | null, signal: string | null) => {
        this.#over = true
        ended.code = code
        ended.signal = signal
        done()
      })
      stdout!.on('close', done)
      stderr!.on('close', done)
    })
  }

  #onOutput(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    if (!this.#json) return
    const bytes = b4a.concat([this.#rest, chunk])
    const end = bytes.lastIndexOf(10) + 1 // a chunk may end in the middle of a letter
    this.#rest = bytes.subarray(end)
    const lines = b4a.toString(bytes.subarray(0, end) as any).split('\n')
    for (const line of lines) if (line !== '') this.#onEvent(JSON.parse(line))
  }

  #onEvent(line: CliEvent): void {
    this.events.push(line)
    for (const { event, fits, resolve } of this.#waiters) {
      if (line.event === event && fits(line)) resolve(line)
    }
  }

  #failure(event: string, why: string): Error {
    const last = this.events.slice(-3).map((line) => JSON.stringify(line))
    return new Error(
      [`temoin ${this.args.join(' ')}: the event "${event}" ${why}`, ...last, this.err].join('\n')
    )
  }
}

function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries({ ...process.env }) as [string, string][]
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith('TEMOIN_')))
}
