// The run's side: one process for each device, started, called, stopped or killed. Every process that
// was started is known, so that none outlives the run.

import { spawn } from '#subprocess'
import type { Subprocess } from '#subprocess'
import process from '#process'
import { fileURLToPath } from '#url'
import { fs, path } from '../../core/runtime/fs.ts'
import { onLines } from './serve.ts'

const SIGKILL = 9
const HERE = path.dirname(fileURLToPath(import.meta.url))
const ROLES = path.resolve(HERE, '../roles')
const COMMAND = path.resolve(HERE, '../../../cli/bin.mjs')
/** As small as the command keeps it (cli/bin.mjs), which it can only say once it runs. */
const SMALL_YOUNG_SPACE = '--max-semi-space-size=1'
const running = new Set<Subprocess>()

export interface RoleOptions {
  /** Network namespace to run in, where the scenario has some. */
  netns?: string | undefined
}

export type RoleName =
  | 'recorder'
  | 'holder'
  | 'flooder'
  | 'member'
  | 'stored'
  | 'relay'
  | 'tcp-recorder'
  | 'tcp-holder'
  | 'http-recorder'
  | 'http-holder'
  | 'upload-holder'

/** Where processor profiles of the roles go; null for none. */
export const profiling: { dir: string | null } = { dir: null }

interface Waiting {
  resolve(result: any): void
  reject(err: Error): void
}

export class Role {
  readonly name: RoleName
  readonly #child: Subprocess
  readonly #waiting = new Map<number, Waiting>()
  readonly #ended: Promise<void>
  #calls = 0

  constructor(name: RoleName, { netns }: RoleOptions = {}) {
    this.name = name
    this.#child = start(name, netns)
    running.add(this.#child)
    this.#ended = new Promise((resolve) => this.#child.on('exit', () => resolve()))
    onLines(this.#child.stdout, (line) => this.#onAnswer(JSON.parse(line)))
    ;(this.#child.stdin as any).on('error', () => {}) // it was killed: the call is rejected below
    void this.#ended.then(() => this.#onEnded())
  }

  call(name: string, args: unknown = {}): Promise<any> {
    const id = this.#calls++
    const answer = new Promise<any>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    ;(this.#child.stdin as any).write(JSON.stringify({ id, name, args }) + '\n')
    return answer
  }

  /** Closes in order; a role that does not is ended. */
  async stop(): Promise<void> {
    await this.call('close').catch(() => {})
    ;(this.#child.stdin as any).end()
    const timer = setTimeout(() => this.#child.kill(SIGKILL), 5000)
    await this.#ended
    clearTimeout(timer)
  }

  /** SIGKILL, as a phone that breaks. */
  async kill(): Promise<void> {
    this.#child.kill(SIGKILL)
    await this.#ended
  }

  #onAnswer({ id, result, error }: { id: number; result?: unknown; error?: string }): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(`${this.name}: ${error}`))
  }

  #onEnded(): void {
    running.delete(this.#child)
    for (const { reject } of this.#waiting.values()) reject(new Error(this.name + ' has ended'))
    this.#waiting.clear()
  }
}

const others = new Set<() => void>()

/** What is no role, and is ended with them all the same: must do nothing where it has ended already. */
export function endedWithRoles(end: () => void): void {
  others.add(end)
}

/** Ends every role at once: for a run that is interrupted. */
export function killAll(): void {
  for (const end of others) end()
  others.clear()
  for (const child of running) child.kill(SIGKILL)
}

function start(name: RoleName, netns: string | undefined): Subprocess {
  const file = path.join(ROLES, name + '.js')
  const { dir } = profiling
  const profile = dir === null ? [] : ['--cpu-prof', '--cpu-prof-dir', `${dir}/${name}`]
  const command = [process.execPath, SMALL_YOUNG_SPACE, ...profile, file]
  const whole = netns === undefined ? command : ['ip', 'netns', 'exec', netns, ...command]
  return spawn(whole[0]!, whole.slice(1), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environmentOfTheCommand() }
  })
}

/** What the first line of the installed command sets before Node starts: `NAME=value` words. */
function environmentOfTheCommand(): Record<string, string> {
  const [firstLine] = fs.readFileSync(COMMAND, 'utf8').split('\n')
  const words = firstLine!.split(' ').filter((word) => word.includes('='))
  return Object.fromEntries(words.map((word) => word.split('=') as [string, string]))
}
