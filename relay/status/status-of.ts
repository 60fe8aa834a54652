// Gathers a relay's status from the engine and from what the relay keeps itself. Decides nothing.

import type { Roster } from '../../core/circle/roster.ts'
import type { Device } from '../../core/device.ts'
import type { RelayMemory } from '../../core/encoding/memory/relay-memory.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { VERSION } from '../../core/version.ts'
import z32 from 'z32'
import { daysUntilFull } from '../quota/forecast.ts'
import type { Counts, Ledger } from '../quota/ledger.ts'
import { capacityOf, totalOf } from '../quota/quota.ts'
import type { QuotaFacts, Verdict } from '../quota/quota.ts'
import type { ScrubCounts } from '../scrub.ts'
import type { CircleStatus, RelayStatus } from './status.ts'

export interface StatusFacts {
  device: Device
  ledger: Ledger
  facts: QuotaFacts
  verdictOf: (circle: string) => Verdict
  memory: RelayMemory
  scrubbed: ScrubCounts
  receipts: number
  linkedAtMs: number | null
  startedAtMs: number
  nowMs: number
}

export function statusOf(all: StatusFacts): RelayStatus {
  const { device, facts, ledger, memory, scrubbed, receipts, linkedAtMs, startedAtMs, nowMs } = all
  const counts = ledger.counts(nowMs)
  const capacityBytes = capacityOf(facts)
  return {
    version: VERSION,
    device: z32.encode(device.key),
    startedAtMs,
    atMs: nowMs,
    usedBytes: totalOf(facts.usage),
    capacityBytes,
    diskFreeBytes: facts.freeBytes,
    fullInDays: daysUntilFull(memory.days, capacityBytes),
    receipts,
    lagBlocks: lagOf(device),
    links: device.network?.links.length ?? 0,
    linkedAtMs: isLinked(device) ? nowMs : linkedAtMs,
    scrub: { ...scrubbed, roundEndedAtMs: memory.scrubbedAtMs || null },
    circles: device.circles.map((exchange) => circleStatus(exchange, counts, all))
  }
}

function circleStatus(
  exchange: Exchange,
  counts: Map<string, Counts>,
  { device, facts, verdictOf }: StatusFacts
): CircleStatus {
  const { id, roster, journalBytes } = exchange.circle
  const circle = z32.encode(id)
  const { room, why, share } = verdictOf(circle)
  return {
    ...{ circle, room, why, share, recordings: 0, live: 0, bytes: 0, ...counts.get(circle) },
    journalBytes,
    role: roster.active(device.key)?.role ?? 'none',
    members: membersToday(roster),
    online: exchange.peers.length,
    quotaBytes: facts.usage.get(circle)?.quotaBytes ?? null,
    leavesAtMs: exchange.leavesAt(device.key),
    refused: exchange.refused
  }
}

/** Without who was cut off, and who is not confirmed. */
export function membersToday({ members }: Roster): number {
  return members.filter(({ state }) => state === 'active').length
}

/** With a member; a candidate is none. */
function isLinked({ circles }: Device): boolean {
  return circles.some(({ peers }) => peers.length > 0)
}

/** Of films that run. */
function lagOf(device: Device): number {
  const all = device.circles.flatMap(({ replicas }) => replicas)
  const live = all.filter(({ end, over, core }) => end === null && !over && core !== null)
  return live.reduce((sum, { bestLength, length }) => sum + Math.max(0, bestLength - length), 0)
}
