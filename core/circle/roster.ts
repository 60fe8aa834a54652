// Who belongs to a circle, and as what: a pure function of what all journals say, whatever order they
// arrive in. There are no hidden members: every line that counts is in a journal all members hold.
//
// Rules so far: the founder is the first organiser; organisers add and revoke; a member may revoke
// itself. Where two lines add one device, the one with the lower (time, journal, index) counts.

import b4a from 'b4a'
import { hex } from '../encoding/hex.ts'
import type { JournalEntry } from '../encoding/journal-entry.ts'
import type { BoxKey, CircleId, DeviceKey, JournalKey, Role } from '../types/keys.ts'
import { circleIdOf } from './secrets.ts'

/** One decoded entry and where it stands. */
export interface JournalLine {
  device: DeviceKey
  journal: JournalKey
  /** The journal its device wrote before this one, as its head says; null for its first. */
  previous?: JournalKey | null
  index: number
  entry: JournalEntry
}

export interface Member {
  device: DeviceKey
  box: BoxKey
  role: Role
  name: string
  addedBy: DeviceKey
  addedAtMs: number
  revoked: { by: DeviceKey; atMs: number; reason: string } | null
}

export class Roster {
  /** The circle's name, empty until its first statement has been read. */
  readonly name: string
  readonly members: readonly Member[]
  readonly #byDevice: Map<string, Member>

  constructor(name: string, members: Member[]) {
    this.name = name
    this.members = members
    this.#byDevice = new Map(members.map((member) => [hex(member.device), member]))
  }

  /** The member with this key, revoked or not, or null. */
  find(device: DeviceKey): Member | null {
    return this.#byDevice.get(hex(device)) ?? null
  }

  /** The member with this key where it is one today, or null. */
  active(device: DeviceKey): Member | null {
    const member = this.find(device)
    return member === null || member.revoked !== null ? null : member
  }

  /** Who can open recordings made now. */
  readers(): Member[] {
    return this.members.filter((member) => member.revoked === null && canRead(member.role))
  }
}

export function canRead(role: Role): boolean {
  return role !== 'relay'
}

export function canFilm(role: Role): boolean {
  return role === 'organiser' || role === 'contact'
}

export function rosterOf(circle: CircleId, lines: readonly JournalLine[]): Roster {
  const ordered = lines.filter(changesRoster).sort(byTimeThenPlace)
  const founding = ordered.find((line) => isFounding(circle, line))
  if (founding === undefined || founding.entry.kind !== 'circle-created') return new Roster('', [])
  const { name, device, box, deviceName, atMs } = founding.entry.body
  const members = new Map<string, Member>()
  const founder = { device, box, name: deviceName, addedBy: device, addedAtMs: atMs }
  members.set(hex(device), { ...founder, role: 'organiser', revoked: null })
  while (addMembers(members, ordered));
  for (const line of ordered) revokeMember(members, line)
  return new Roster(name, [...members.values()])
}

/** True for the lines a roster follows from: few among many announcements and receipts. */
export function changesRoster({ entry }: JournalLine): boolean {
  return (
    entry.kind === 'circle-created' ||
    entry.kind === 'member-added' ||
    entry.kind === 'member-revoked'
  )
}

function isFounding(circle: CircleId, line: JournalLine): boolean {
  if (line.entry.kind !== 'circle-created') return false
  const { device, nonce } = line.entry.body
  return b4a.equals(device, line.device) && b4a.equals(circleIdOf(device, nonce), circle)
}

/** One pass; true where it added someone, so that the members they added get their turn. */
function addMembers(members: Map<string, Member>, lines: JournalLine[]): boolean {
  let grew = false
  for (const { device: by, entry } of lines) {
    if (entry.kind !== 'member-added' || !isOrganiser(members, by)) continue
    const { device, box, role, name, atMs } = entry.body
    if (members.has(hex(device))) continue
    members.set(hex(device), {
      device,
      box,
      role,
      name,
      addedBy: by,
      addedAtMs: atMs,
      revoked: null
    })
    grew = true
  }
  return grew
}

function revokeMember(members: Map<string, Member>, { device: by, entry }: JournalLine): void {
  if (entry.kind !== 'member-revoked') return
  const member = members.get(hex(entry.body.device))
  if (member === undefined || member.revoked !== null) return
  if (!isOrganiser(members, by) && !b4a.equals(by, member.device)) return
  const { atMs, reason } = entry.body
  members.set(hex(member.device), { ...member, revoked: { by, atMs, reason } })
}

function isOrganiser(members: Map<string, Member>, device: DeviceKey): boolean {
  return members.get(hex(device))?.role === 'organiser'
}

function byTimeThenPlace(a: JournalLine, b: JournalLine): number {
  return (
    timeOf(a) - timeOf(b) || b4a.compare(a.journal as any, b.journal as any) || a.index - b.index
  )
}

function timeOf({ entry }: JournalLine): number {
  return 'atMs' in entry.body ? entry.body.atMs : 0
}
