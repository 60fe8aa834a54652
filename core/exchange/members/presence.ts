// Who is here, since when, and how far each is behind with what is being filmed now. `presenceOf` is
// pure; `presenceIn` gathers its facts from a circle.
// Must never: take what was sent, or what somebody announces, for what somebody holds.

import b4a from 'b4a'
import type { DeviceKey, RecordingKey, Role } from '../../types/keys.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Exchange } from '../exchange.ts'

/** A recording without an end whose newest sign of life is older than this is not live. */
const LIVE_MS = 30_000

export interface MemberPresence {
  device: DeviceKey
  name: string
  role: Role
  online: boolean
  /** When its link came up, ms since 1970; null where it is not online. */
  sinceMs: number | null
  /** When it may delete what it holds here, ms since 1970; null where it stays. */
  leavesAtMs: number | null
  /** It takes nothing new. */
  full: boolean
  behind: Behind[]
}

/** How far a member is behind with one live recording. */
export interface Behind {
  recording: RecordingKey
  /** Blocks on its disk, signed for. */
  length: number
  /** Blocks that there are and that it has not signed for. */
  missing: number
}

export interface PresenceFacts {
  self: DeviceKey
  members: readonly { device: DeviceKey; name: string; role: Role }[]
  peers: readonly { device: DeviceKey; sinceMs: number; full: boolean }[]
  live: readonly LiveFacts[]
  leavesAt: (device: DeviceKey) => number | null
}

export interface LiveFacts {
  recording: RecordingKey
  author: DeviceKey
  /** Blocks there are, as far as anybody here knows. */
  length: number
  /** Blocks a device has signed for. */
  heldBy: (device: DeviceKey) => number
}

/** Every member but this device, in the order of the roster. Who is cut off or unconfirmed is none. */
export function presenceOf({
  self,
  members,
  peers,
  live,
  leavesAt
}: PresenceFacts): MemberPresence[] {
  const others = members.filter(({ device }) => !b4a.equals(device, self))
  return others.map(({ device, name, role }) => {
    const links = peers.filter((peer) => b4a.equals(peer.device, device))
    const behind = live
      .filter(({ author }) => !b4a.equals(author, device))
      .map((facts) => behindWith(facts, device))
    return {
      ...{ device, name, role, behind },
      leavesAtMs: leavesAt(device),
      online: links.length > 0,
      sinceMs: links.length > 0 ? Math.min(...links.map(({ sinceMs }) => sinceMs)) : null,
      full: links.some(({ full }) => full)
    }
  })
}

/** What of a circle says who is here. */
interface Present extends Pick<Exchange, 'replicas' | 'peers' | 'leavesAt'> {
  circle: Pick<Exchange['circle'], 'roster'>
}

export function presenceIn(exchange: Present, self: DeviceKey, nowMs: number): MemberPresence[] {
  const members = exchange.circle.roster.members.filter(({ state }) => state === 'active')
  const live = exchange.replicas.filter((replica) => isLive(replica, nowMs)).map(liveFacts)
  const leavesAt = (device: DeviceKey): number | null => exchange.leavesAt(device)
  return presenceOf({ self, members, peers: exchange.peers, live, leavesAt })
}

function behindWith({ recording, length, heldBy }: LiveFacts, device: DeviceKey): Behind {
  const held = heldBy(device)
  return { recording, length: held, missing: Math.max(0, length - held) }
}

function isLive(replica: Replica, nowMs: number): boolean {
  if (replica.end !== null || replica.over) return false // as a rule: the others rest unread
  const { announced, receipts, seconds } = replica
  const signs = receipts.all().map(({ atMs }) => atMs)
  const lastMs = Math.max(announced.startedAtMs + 1000 * (seconds ?? 0), ...signs)
  return nowMs - lastMs < LIVE_MS
}

function liveFacts(replica: Replica): LiveFacts {
  const { announced, receipts, length, timeline, bestLength } = replica
  const signedFor = receipts.all().map((receipt) => receipt.length)
  return {
    recording: announced.recording,
    author: announced.author,
    length: Math.max(length, timeline.length, bestLength, ...signedFor),
    heldBy: (device) => receipts.lengthOf(device)
  }
}
