// What a process has used: processor time since a mark, and the most memory it ever held.

import process from '#process'
import { fs } from '../../../core/runtime/fs.ts'

export interface Usage {
  cpuSeconds: number
  peakMiB: number
}

export class Meter {
  #since = process.cpuUsage()

  mark(): void {
    this.#since = process.cpuUsage()
  }

  read(): Usage {
    return { cpuSeconds: cpuSeconds(this.#since), peakMiB: peakMiB() }
  }
}

/** Of all cores: since then, or since the process began. */
export function cpuSeconds(since?: ReturnType<typeof process.cpuUsage>): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

/** The most that is held at any moment of a stretch of time. */
export class Peak {
  #timer: Timer | null = null
  #mostMiB = 0

  start(): void {
    this.#mostMiB = residentMiB()
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#look(), 10)
  }

  /** @returns MiB */
  stop(): number {
    clearInterval(this.#timer)
    this.#look()
    return this.#mostMiB
  }

  #look(): void {
    this.#mostMiB = Math.max(this.#mostMiB, residentMiB())
  }
}

/** What it holds now, MiB. */
export function residentMiB(): number {
  return process.memoryUsage().rss / 2 ** 20
}

// Linux hands a parent's peak on to its children; what the kernel counts for this program alone is here.
function peakMiB(): number {
  try {
    const status = String(fs.readFileSync('/proc/self/status', 'utf8'))
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024
  } catch {
    return process.resourceUsage().maxRSS / 1024
  }
}
