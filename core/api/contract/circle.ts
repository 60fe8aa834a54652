// Circles, their members, their history, invites: as screens see them. Names are hostile text: what
// could fool a reader (control and direction marks) is taken out of them already.

import type { Role } from '../../types/keys.ts'
import type { Phrases } from './device.ts'
import type {
  AlarmKind,
  Handle,
  HistoryKind,
  HistoryState,
  Key,
  MemberState,
  RefusalKind
} from './codes.ts'

export interface CircleState {
  circle: Key
  /** Empty for the one that was made silently when this device first filmed. */
  name: string
  /** False where what this device is called in it was made up for it. */
  named: boolean
  /** What this device is in it; null where the journals that say so have not come yet. */
  role: Role | null
  state: MemberState | null
  /** It cut somebody off, alone: without powers until somebody seconds that. */
  onHold: boolean
  cutOffBy: Key | null
  /** Everybody, this device first, then as the roster has them; cut-off ones as well. */
  members: MemberItem[]
  /** What was said of who belongs, oldest first: the newest 200; and the newest 200 changes of name. */
  history: HistoryItem[]
  /** Newest last, the same about the same gathered: at most 50. */
  alarms: AlarmItem[]
  /** Bytes of its recordings held here. */
  heldBytes: number
}

/** One member. */
export interface MemberItem {
  device: Key
  /** What it says it is called, else what it was let in as; empty where none was given. */
  name: string
  /** Another is shown by the same name, or what a person takes for it: its key belongs beside it. */
  alike: boolean
  /** What whoever let it in wrote. */
  addedAs: string
  /** When it said that it is called `name`, by its clock; null where it has not, or that is no time at all. */
  namedAtMs: number | null
  role: Role
  state: MemberState
  onHold: boolean
  self: boolean
  addedBy: Key
  addedAtMs: number
  revoked: { by: Key; atMs: number; reason: string } | null
  online: boolean
  /** When its link came up; null where it is not online. */
  sinceMs: number | null
  /** When anything was last heard of it, by this device's clock or its own; null for never. */
  lastSeenMs: number | null
  /** Its disk takes nothing new. */
  full: boolean
  /** When it may delete what it holds here; null where it stays. */
  leavesAtMs: number | null
  /** Films of now of which it lacks something. */
  behind: { recording: Key; missing: number; seconds: number | null }[]
  /** Of this device's films: how many it holds whole, and how much media time in all. */
  holdsOfMine: { whole: number; seconds: number }
}

export interface HistoryItem {
  kind: HistoryKind
  by: Key
  about: Key
  /** By the clock of `by`; null where it is no time at all. */
  atMs: number | null
  role: Role | null
  reason: string
  /** What `about` was let in as, or now says it is called (`named`); empty for other kinds. */
  name: string
  /** Of a `named`: what it was called before; empty for other kinds, and where it had no name. */
  was: string
  state: HistoryState
  /** Why it has less than its full effect (`needs-second`, `disputed`, …), or null. */
  why: string | null
  /** Members whose `member.second` would count; none where nothing waits for one. */
  seconders: Key[]
}

export interface AlarmItem {
  kind: AlarmKind
  recording: Key | null
  /** Whom it is about. */
  device: Key
  /** Who says so. */
  by: Key
  proven: boolean
  /** By the clock of `by`. */
  atMs: number
  /** How often the same was said. */
  times: number
}

export interface InviteState {
  invite: Handle
  circle: Key
  url: string
  role: Role
  uses: number
  used: number
  expiresAtMs: number
  /** A person looks at each candidate. */
  confirm: boolean
  /** `closed`: by this device, and it can be gone on with (`invite.resume`). */
  phase: 'open' | 'closed' | 'spent' | 'expired' | 'taken-back'
  /** Who waits for `invite.admit` or `invite.refuse`. */
  candidates: CandidateItem[]
  /** Let in by it in this run, oldest first. */
  admitted: (CandidateItem & { role: Role })[]
  /** Turned away in this run: the newest 20. */
  refused: { reason: RefusalKind; device: Key | null; name: string | null; atMs: number }[]
}

export interface CandidateItem {
  device: Key
  name: string
  /** What its screen shows as well, by language. */
  phrases: Phrases
  atMs: number
}
