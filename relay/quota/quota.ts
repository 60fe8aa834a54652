// What a relay still takes, as plain facts say: of each circle everything, only more of what has begun, or
// nothing; what to tell of it; and when it will be full. Pure.
// Must never: make room. Nothing that is held is ever given up to take something else.

import { ROOMS } from '../../core/encoding/control.ts'
import type { Room } from '../../core/encoding/control.ts'

/** A circle's own reserve is no more than this part of its quota: small quotas would be all reserve. */
const MAX_RESERVED_PART = 0.1
/** Parts of what there is at which somebody is told, in percent. */
export const ALARM_LEVELS = [80, 95] as const

export interface Limits {
  quotaBytes: number | null
  reserveBytes: number
  keepFreeBytes: number
}

/** Bytes of one circle's recordings and journals here. */
export interface CircleUsage {
  bytes: number
  /** Its own limit, or null. */
  quotaBytes: number | null
}

/** Which limit leaves no more. */
export type Why = 'quota' | 'circle-quota' | 'disk'

export interface Verdict {
  room: Room
  /** Null where the room is open. */
  why: Why | null
  /** Part of what there is that is used, by the limit that leaves least; 1 or more where it is full. */
  share: number
}

/**
 * @param usage every circle's, by name
 * @param freeBytes of the disk, null where nobody can tell
 */
export function verdictFor(circle: string, { limits, usage, freeBytes }: QuotaFacts): Verdict {
  const { quotaBytes, reserveBytes } = limits
  const own = usage.get(circle)
  const verdicts = [verdictOfDisk({ limits, usage, freeBytes })]
  if (quotaBytes !== null)
    verdicts.push(verdictOf('quota', totalOf(usage), quotaBytes, reserveBytes))
  if (own && own.quotaBytes !== null) {
    const reserve = Math.min(reserveBytes, own.quotaBytes * MAX_RESERVED_PART)
    verdicts.push(verdictOf('circle-quota', own.bytes, own.quotaBytes, reserve))
  }
  return verdicts.sort(byRoomThenShare)[0]!
}

export interface QuotaFacts {
  limits: Limits
  usage: ReadonlyMap<string, CircleUsage>
  freeBytes: number | null
}

/** What is used of all there is, whoever uses it. */
export function totalOf(usage: ReadonlyMap<string, CircleUsage>): number {
  return [...usage.values()].reduce((sum, one) => sum + one.bytes, 0)
}

/** Bytes that all recordings together may come to: by the quota or by the disk, whichever is less. */
export function capacityOf({ limits, usage, freeBytes }: QuotaFacts): number | null {
  const { quotaBytes, keepFreeBytes } = limits
  const byDisk = freeBytes === null ? null : totalOf(usage) + Math.max(0, freeBytes - keepFreeBytes)
  if (quotaBytes === null || byDisk === null) return quotaBytes ?? byDisk
  return Math.min(quotaBytes, byDisk)
}

/** The highest alarm level that this share has reached, or 0. */
export function levelOf(share: number): number {
  return [...ALARM_LEVELS].reverse().find((level) => share * 100 >= level) ?? 0
}

function verdictOfDisk({ limits, usage, freeBytes }: QuotaFacts): Verdict {
  if (freeBytes === null) return { room: 'open', why: null, share: 0 }
  const used = totalOf(usage)
  const left = Math.max(0, freeBytes - limits.keepFreeBytes)
  return verdictOf('disk', used, used + left, limits.reserveBytes)
}

function verdictOf(why: Why, used: number, limit: number, reserve: number): Verdict {
  const share = limit === 0 ? 1 : used / limit
  if (used >= limit) return { room: 'none', why, share }
  if (used >= limit - reserve) return { room: 'begun', why, share }
  return { room: 'open', why: null, share }
}

function byRoomThenShare(a: Verdict, b: Verdict): number {
  return ROOMS.indexOf(b.room) - ROOMS.indexOf(a.room) || b.share - a.share
}
