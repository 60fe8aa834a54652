// What a verb is: its place in the command line, and what it does with what it is given.

import type { Output } from './output/output.ts'
import type { Settings } from './settings.ts'
import type { Stop } from './stop.ts'

export interface Verb<S extends Settings = Settings> {
  /** As it is typed: `circle create`. */
  path: string
  summary: string
  /** `<required>` or `[optional]`, and what it is. */
  args?: [spec: string, description: string][]
  /** `--name <value>` or `--name`, and what it does. */
  flags?: [spec: string, description: string][]
  /**
   * @returns the exit code, 0 where nothing is returned
   * @throws TemoinError for what its exit code and sentence shall be
   */
  run(invocation: Invocation<S>): Promise<number | void>
}

export interface Invocation<S extends Settings = Settings> {
  /** What the command is called: sentences that name one name this one. */
  program: 'temoin' | 'temoin-relay'
  args: Record<string, string | undefined>
  /** Values as typed; flags without a value are true where given. */
  flags: Record<string, string | true | undefined>
  settings: S
  out: Output
  stop: Stop
}
