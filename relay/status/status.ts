// How a relay is, as plain data: what the page, the metrics, the file and the command show. Keys are text,
// there are no names: a relay knows none.

import type { Room } from '../../core/encoding/control.ts'
import type { Why } from '../quota/quota.ts'

export interface RelayStatus {
  version: string
  /** z32 text, as all keys here. */
  device: string
  startedAtMs: number
  /** When this was true. */
  atMs: number
  /** Recordings and journals. */
  usedBytes: number
  /** What all recordings together may come to; null where nobody can tell. */
  capacityBytes: number | null
  diskFreeBytes: number | null
  /** Whole days until it is full at the rate of the last weeks; null where nobody can tell. */
  fullInDays: number | null
  /** Receipts signed since it started. */
  receipts: number
  /** Blocks of films that run which are known of and not here yet. */
  lagBlocks: number
  links: number
  /** When a member was last linked since it started; null for never. */
  linkedAtMs: number | null
  scrub: ScrubStatus
  circles: CircleStatus[]
}

export interface ScrubStatus {
  /** Blocks read again since it started. */
  blocks: number
  /** Of those, the ones that were not what they should be. */
  damaged: number
  /** When everything had been read again the last time; null for never. */
  roundEndedAtMs: number | null
}

export interface CircleStatus {
  circle: string
  /** What this device is there: `relay`, where it was invited as it should. */
  role: string
  members: number
  online: number
  recordings: number
  live: number
  /** Of recordings. */
  bytes: number
  /** Of what the members have said: counts towards the quota as well. */
  journalBytes: number
  quotaBytes: number | null
  room: Room
  why: Why | null
  /** Part of what there is that is used, by the limit that leaves least. */
  share: number
  /** When it is given up, ms since 1970; null where it stays. */
  leavesAtMs: number | null
  /** Recordings that there was no room for. */
  refused: number
}

/** The worst that can be said, for a headline: worst first, but for `alone`. */
export type Health = 'alone' | 'full' | 'not-relay' | 'damaged' | 'unlinked' | 'filling' | 'good'

export function healthOf({ circles, scrub, linkedAtMs }: RelayStatus): Health {
  if (circles.length === 0) return 'alone'
  if (circles.some(({ room }) => room !== 'open')) return 'full'
  if (circles.some(({ role }) => role !== 'relay')) return 'not-relay'
  if (scrub.damaged > 0) return 'damaged'
  if (linkedAtMs === null) return 'unlinked'
  return circles.some(({ share }) => share >= 0.8) ? 'filling' : 'good'
}
