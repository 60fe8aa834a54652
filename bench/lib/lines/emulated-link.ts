// A bad line between two network namespaces, made in user space by a script that stands beside the
// repository, where there is one: this needs root, TUN and `ip`. Without them its scenarios are skipped.

import { spawn } from '#subprocess'
import type { Subprocess } from '#subprocess'
import process from '#process'
import { fileURLToPath } from '#url'
import { fs, path } from '../../../core/runtime/fs.ts'
import type { Place } from '../../rigs/rig.ts'
import { claimName, removeNamespace, whyNoNamespaces } from './namespaces.ts'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..')
const SCRIPT = process.env['TEMOIN_NETEM'] ?? path.join(ROOT, '../shared/tools/netem.py')
/** Linux numbers: only Linux has these links. */
const SIGUSR1 = 10
const SIGTERM = 15
/** No link outlives its scenario for longer, whatever happens to the run. */
const LONGEST_SECONDS = 1800

export interface Line {
  name: string
  roundTripMs: number
  /** Of the packets in each direction. */
  lossPercent: number
  /** Kilobits per second; 0 for no limit. */
  kilobits: number
}

const running = new Set<Subprocess>()

/** Why there can be no emulated link here, or null where there can. */
export function whyNoLink(): string | null {
  if (!exists(SCRIPT)) return 'there is no link emulator (TEMOIN_NETEM names one)'
  if (!exists('/dev/net/tun')) return 'this machine has no TUN device'
  return whyNoNamespaces()
}

export class EmulatedLink {
  readonly place: Place
  readonly #child: Subprocess
  readonly #names: string[]

  private constructor(names: [string, string], child: Subprocess) {
    const [recorderNetns, holderNetns] = names
    this.#names = names
    this.#child = child
    this.place = { recorderHost: '10.9.1.1', holderHost: '10.9.1.2', recorderNetns, holderNetns }
  }

  static async open(line: Line): Promise<EmulatedLink> {
    const names: [string, string] = [claimName(), claimName()]
    const { roundTripMs, lossPercent, kilobits } = line
    const numbers = [roundTripMs / 2, 0, lossPercent, kilobits, LONGEST_SECONDS].map(String)
    const child = spawn('python3', [SCRIPT, ...names, ...numbers], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    running.add(child)
    await new Promise<void>((resolve, reject) => {
      child.stdout!.on('data', () => resolve())
      child.on('exit', () => reject(new Error('The link emulator ended')))
    })
    return new EmulatedLink(names, child)
  }

  /** Drops every packet from now on, or lets them through again. */
  toggleCut(): void {
    this.#child.kill(SIGUSR1)
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#child.on('exit', () => resolve()))
    this.#child.kill(SIGTERM)
    await ended
    running.delete(this.#child)
    for (const name of this.#names) removeNamespace(name)
  }
}

/** Ends every link at once: for a run that is interrupted. */
export function cutLinks(): void {
  for (const child of running) child.kill(SIGTERM)
}

function exists(file: string): boolean {
  try {
    fs.statSync(file)
    return true
  } catch {
    return false
  }
}
