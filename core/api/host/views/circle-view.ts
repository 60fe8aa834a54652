// A circle as screens see it, out of what the engine knows of it now.

import b4a from 'b4a'
import z32 from 'z32'
import type { HistoryEntry, Member } from '../../../circle/roster.ts'
import { secondersOf } from '../../../circle/seconding.ts'
import type { Device } from '../../../device.ts'
import { gathered } from '../../../device/facts/alarms.ts'
import { isGiven, isShared } from '../../../device/facts/names.ts'
import { plain } from '../../../evidence/text/plain.ts'
import { presenceIn } from '../../../exchange/members/presence.ts'
import type { MemberPresence } from '../../../exchange/members/presence.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { Replica } from '../../../replica/replica.ts'
import type { DeviceKey } from '../../../types/keys.ts'
import type { AlarmItem, CircleState, HistoryItem, MemberItem } from '../../contract.ts'
import type { LastSaid } from './last-said.ts'

/** Of either: who changes its name puts nothing out of sight that was said of who belongs. */
const MAX_HISTORY = 200
const MAX_ALARMS = 50
/** Last moment a Date can name. */
const LAST_DATE_MS = 8.64e15

export interface CircleFacts {
  device: Device
  exchange: Exchange
  heldBytes: number
  /** Films of this device that have been read, by their parts. */
  mine: readonly Replica[]
  lastSaid: LastSaid
}

export function circleState(facts: CircleFacts, nowMs: number): CircleState {
  const { device, exchange, heldBytes } = facts
  const { circle } = exchange
  const { roster } = circle
  const self = roster.find(device.key)
  const presences = presenceIn(exchange, device.key, nowMs)
  const members = [...roster.members].sort((a, b) => isSelf(b, device) - isSelf(a, device))
  return {
    circle: z32.encode(circle.id),
    name: plain(circle.givenName),
    named: isGiven(self?.name || device.name),
    role: self?.role ?? null,
    state: self?.state ?? null,
    onHold: self?.onHold ?? false,
    cutOffBy: self?.revoked ? z32.encode(self.revoked.by) : null,
    members: members.map((member) => memberItem(facts, member, presences, nowMs)),
    history: newest(roster.history).map((entry) => historyItem(exchange, entry)),
    alarms: alarmItems(exchange),
    heldBytes
  }
}

function isSelf({ device }: Member, { key }: Device): number {
  return b4a.equals(device, key) ? 1 : 0
}

function memberItem(
  facts: CircleFacts,
  member: Member,
  presences: MemberPresence[],
  nowMs: number
): MemberItem {
  const { device, exchange, lastSaid } = facts
  const self = isSelf(member, device) === 1
  const presence = presences.find((one) => b4a.equals(one.device, member.device))
  const online = self || (presence?.online ?? false)
  const { revoked } = member
  return {
    device: z32.encode(member.device),
    name: plain(self && member.name === '' ? device.name : member.name),
    alike: isShared(exchange.circle, member.device),
    addedAs: plain(member.addedAs),
    namedAtMs: dateOrNull(member.namedAtMs),
    role: member.role,
    state: member.state,
    onHold: member.onHold,
    self,
    addedBy: z32.encode(member.addedBy),
    addedAtMs: member.addedAtMs,
    revoked: revoked && {
      by: z32.encode(revoked.by),
      atMs: revoked.atMs,
      reason: plain(revoked.reason, 400)
    },
    online,
    sinceMs: presence?.sinceMs ?? null,
    lastSeenMs: online ? nowMs - (nowMs % 60_000) : lastSaid.of(member.device),
    full: presence?.full ?? false,
    leavesAtMs: presence?.leavesAtMs ?? null,
    behind: behindOf(facts, presence),
    holdsOfMine: holdsOf(facts, member.device)
  }
}

function behindOf({ exchange }: CircleFacts, presence: MemberPresence | undefined) {
  const lacking = (presence?.behind ?? []).filter(({ missing }) => missing > 0)
  return lacking.map(({ recording, missing, length }) => {
    const timeline = exchange.replica(recording)?.timeline
    const known = timeline !== undefined && timeline.length > 1
    const seconds = known ? timeline.secondsAt(Infinity) - timeline.secondsAt(length) : null
    return { recording: z32.encode(recording), missing, seconds }
  })
}

function holdsOf({ exchange, mine }: CircleFacts, member: DeviceKey) {
  let whole = 0
  let seconds = 0
  for (const replica of mine) {
    if (exchange.replica(replica.key) !== replica) continue
    const held = replica.receipts.lengthOf(member)
    if (held > 0 && held >= Math.max(replica.length, replica.end ?? 0)) whole++
    seconds += replica.timeline.secondsAt(held)
  }
  return { whole, seconds }
}

/** Of what was said of who belongs, and of the changes of name, so many each. */
export function newest(history: readonly HistoryEntry[]): HistoryEntry[] {
  const isNamed = ({ kind }: HistoryEntry): boolean => kind === 'named'
  const named = new Set(history.filter(isNamed).slice(-MAX_HISTORY))
  const said = new Set(history.filter((one) => !isNamed(one)).slice(-MAX_HISTORY))
  return history.filter((one) => named.has(one) || said.has(one))
}

/** A claim, and one that may be no time at all. */
function dateOrNull(atMs: number | null): number | null {
  return atMs !== null && atMs <= LAST_DATE_MS ? atMs : null
}

function historyItem({ circle }: Exchange, entry: HistoryEntry): HistoryItem {
  const { kind, by, about, atMs, role, reason, name, was, state, why } = entry
  const seconders = why === 'needs-second' ? secondersOf(circle, entry) : []
  return {
    kind,
    by: z32.encode(by),
    about: z32.encode(about),
    atMs: dateOrNull(atMs),
    role,
    reason: plain(reason, 400),
    name: plain(name),
    was: plain(was),
    state,
    why,
    seconders: seconders.map((device) => z32.encode(device))
  }
}

function alarmItems(exchange: Exchange): AlarmItem[] {
  return gathered([exchange], MAX_ALARMS).map(({ alarm, times }) => ({
    kind: alarm.alarm,
    recording: alarm.recording && z32.encode(alarm.recording),
    device: z32.encode(alarm.device),
    by: z32.encode(alarm.by),
    proven: alarm.isProven,
    atMs: alarm.atMs,
    times
  }))
}
