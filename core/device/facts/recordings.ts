// What is known of each recording, as plain data: for `list`, `status`, `hold` and `watch`.

import b4a from 'b4a'
import type { Device } from '../../device.ts'
import type { SealReason } from '../../encoding/recording/entry.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import type { Replica } from '../../replica/replica.ts'
import { holdersOf } from './holders.ts'
import type { Holder } from './holders.ts'

/** A recording whose newest sign of life is older than this is not live. */
const LIVE_MS = 30_000
/** Read at once: each waits for the disk most of the time. */
const LOOKS = 16

export interface RecordingFacts {
  replica: Replica
  exchange: Exchange
  /** Filmed by this device. */
  own: boolean
  /** Blocks on this disk, without a hole. */
  length: number
  /** Media time of them; null where this device cannot read it. */
  seconds: number | null
  /** All of it is here, up to its seal. */
  sealed: boolean
  live: boolean
  /** Why it ended, by its author's word; null where it never said. */
  reason: SealReason | null
  holders: Holder[]
}

export function factsOf(device: Device, exchange: Exchange, replica: Replica): RecordingFacts {
  const own = b4a.equals(replica.announced.author, device.key)
  let known: Holder[] | null = null // of thousands only those are asked for that are shown
  const holders = (): Holder[] => (known ??= holdersOf(exchange, replica, device.key))
  return {
    replica,
    exchange,
    own,
    length: replica.length,
    seconds: replica.length === 0 ? 0 : replica.seconds,
    sealed: replica.sealed,
    live: isLive(replica, own, holders, Date.now()),
    reason: replica.endReason,
    get holders() {
      return holders()
    }
  }
}

/** Reads what nobody has read yet of these, a few at a time: then their seconds are known. */
export async function lookAt(replicas: readonly Replica[]): Promise<void> {
  const waiting = [...replicas]
  const lookOn = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await next.look()
  }
  await Promise.all(Array.from({ length: LOOKS }, lookOn))
}

/** Of the recordings of these circles, oldest first. */
export function recordingsOf(device: Device, exchanges: readonly Exchange[]): RecordingFacts[] {
  return inOrder(exchanges, ({ replicas }) => replicas).map(({ exchange, replica }) =>
    factsOf(device, exchange, replica)
  )
}

/**
 * The same, read as far as this device can: a few in memory at a time, however many there are. To be used
 * before the next are asked for.
 * @param of those that are asked for, of a circle
 */
export async function* readRecordings(
  device: Device,
  exchanges: readonly Exchange[],
  of: (exchange: Exchange) => readonly Replica[]
): AsyncGenerator<RecordingFacts> {
  const all = inOrder(exchanges, of)
  for (let start = 0; start < all.length; start += LOOKS) {
    const some = all.slice(start, start + LOOKS)
    await Promise.all(some.map(({ replica }) => replica.look()))
    for (const { exchange, replica } of some) yield factsOf(device, exchange, replica)
    for (const { replica } of some) {
      replica.unlook()
      if (replica.core === null) replica.letGoOfReceipts()
    }
  }
}

/** Oldest first. */
function inOrder(
  exchanges: readonly Exchange[],
  of: (exchange: Exchange) => readonly Replica[]
): { exchange: Exchange; replica: Replica }[] {
  return exchanges
    .flatMap((exchange) => of(exchange).map((replica) => ({ exchange, replica })))
    .sort((a, b) => a.replica.announced.startedAtMs - b.replica.announced.startedAtMs)
}

/** True where some other device signed for every block this device has, and there is at least one. */
export function isSafeElsewhere({ replica, length, holders }: RecordingFacts): boolean {
  const whole = Math.max(length, replica.end ?? 0)
  return holders.some((holder) => holder.length >= whole && whole > 0)
}

/** Our own cannot be: who films holds the storage, and this process does not film. */
function isLive(replica: Replica, own: boolean, holders: () => Holder[], nowMs: number): boolean {
  if (own || replica.end !== null || replica.over) return false
  const { startedAtMs } = replica.announced
  const signs = holders().map(({ atMs }) => atMs ?? 0)
  const lastMs = Math.max(startedAtMs + (replica.seconds ?? 0) * 1000, ...signs)
  return nowMs - lastMs < LIVE_MS
}
