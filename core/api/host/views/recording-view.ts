// A film as screens see it, out of what the engine knows of its parts now.

import b4a from 'b4a'
import z32 from 'z32'
import type { Device } from '../../../device.ts'
import { filmHolders } from '../../../device/facts/film-holders.ts'
import type { FilmHolder } from '../../../device/facts/film-holders.ts'
import { factsOf } from '../../../device/facts/recordings.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { Replica } from '../../../replica/replica.ts'
import type { HolderItem, PartItem, RecordingState } from '../../contract.ts'

export interface FilmFacts {
  device: Device
  exchange: Exchange
  /** In order; at least one. */
  parts: readonly Replica[]
  /** The run that films it now. */
  filming: string | null
  goesOnIn: Replica | null
  /** Somebody has asked for what costs reading: seconds, holders. */
  read: boolean
}

export function recordingState(facts: FilmFacts): RecordingState {
  const { device, exchange, parts, filming, goesOnIn, read } = facts
  const first = parts[0]!
  const last = parts.at(-1)!
  const { author, startedAtMs } = first.announced
  const holders = read ? filmHolders(exchange, parts, device.key, lengthOf) : []
  const items = partItems(parts)
  return {
    recording: z32.encode(first.key),
    circle: z32.encode(exchange.circle.id),
    author: z32.encode(author),
    own: b4a.equals(author, device.key),
    startedAtMs,
    seconds: sum(items.map(({ seconds }) => seconds)),
    phase: phaseOf(facts, last),
    reason: last.endReason,
    readable: readableOf(first),
    afterRevocation: exchange.isApart(first),
    goesOnIn: goesOnIn && z32.encode(goesOnIn.key),
    filming,
    read,
    parts: items,
    holders: holders.map(holderItem),
    receipts: holders.reduce((all, { receipts }) => all + receipts, 0),
    annotations: parts.reduce((all, { key }) => all + exchange.circle.linesAbout(key).length, 0)
  }
}

/** Blocks there are of a part, as far as is known here. */
export function lengthOf({ length, end, timeline }: Replica): number {
  return Math.max(length, end ?? 0, timeline.length)
}

export function holderItem(holder: FilmHolder): HolderItem {
  const { device, name, length, seconds, all, receipts, atMs, online, full, leavesAtMs } = holder
  const key = z32.encode(device)
  return { device: key, name, length, seconds, all, receipts, atMs, online, full, leavesAtMs }
}

function phaseOf({ device, exchange, parts, filming }: FilmFacts, last: Replica) {
  if (filming !== null) return 'live'
  if (parts.every((part) => part.sealed)) return last.endReason === 'rotated' ? 'ended' : 'sealed'
  if (last.end !== null) return 'ended'
  return factsOf(device, exchange, last).live ? 'live' : 'interrupted'
}

function readableOf(first: Replica): boolean | null {
  if (first.reader !== null) return true
  return first.isClosedToUs ? false : null
}

function partItems(parts: readonly Replica[]): PartItem[] {
  let fromSeconds = 0
  return parts.map((part) => {
    const seconds = part.length === 0 ? 0 : part.seconds
    const item = {
      recording: z32.encode(part.key),
      startedAtMs: part.announced.startedAtMs,
      fromSeconds,
      length: part.length,
      end: part.end,
      seconds,
      reason: part.endReason
    }
    fromSeconds += seconds ?? 0
    return item
  })
}

function sum(seconds: (number | null)[]): number | null {
  if (seconds.every((one) => one === null)) return null
  return seconds.reduce<number>((all, one) => all + (one ?? 0), 0)
}
