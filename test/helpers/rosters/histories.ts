// Histories of a circle, told line by line: who says what, and what it had read when it said it. By
// default everybody has read everything; a test that is about not having read says so.

import b4a from 'b4a'
import { rosterOf } from '../../../core/circle/roster.ts'
import type { HistoryEntry, JournalLine, Member, Roster } from '../../../core/circle/roster.ts'
import { circleIdOf } from '../../../core/circle/keys/secrets.ts'
import type { JournalEntry, Seen } from '../../../core/encoding/journal/journal-entry.ts'
import { encodeOutline, outline } from '../../../core/encoding/journal/journal-entry-outline.ts'
import type { Outline } from '../../../core/encoding/journal/journal-entry-outline.ts'
import { joined } from '../../../core/encoding/journal/journal-entry-words.ts'
import { decode } from '../../../core/encoding/wire.ts'
import type { Role } from '../../../core/types/keys.ts'
import { seeded } from '../random.ts'
import { hex } from '../../../core/encoding/hex.ts'

export interface Telling {
  /** What its author has read: all there is, or these lines and what stands before them. */
  knows?: JournalLine[]
  /** A journal of its own, as if its author had said nothing before. */
  journal?: string
  atMs?: number
}

export class History {
  readonly lines: JournalLine[] = []
  readonly #names: string[] = []

  /** Founded by ana, with these members let in by her: `ben:organiser` or `ben` for a contact. */
  constructor(...members: string[]) {
    const [device, box] = [this.key('ana'), b4a.alloc(32, 50)]
    const body = { name: 'our street', device, box, deviceName: 'ana', atMs: 0 }
    this.#say('ana', { kind: 'circle-created', body }, {})
    for (const member of members) {
      const [name, role] = member.split(':')
      this.adds('ana', name!, (role ?? 'contact') as Role)
    }
  }

  get circle(): Uint8Array {
    return circleIdOf(this.key('ana'), journalOf('ana'))
  }

  get roster(): Roster {
    return rosterOf(this.circle, this.lines)
  }

  key(name: string): Uint8Array {
    if (!this.#names.includes(name)) this.#names.push(name)
    return b4a.alloc(32, this.#names.indexOf(name) + 1)
  }

  nameOf(key: Uint8Array): string {
    return this.#names[key[0]! - 1]!
  }

  adds(by: string, whom: string, role: Role = 'contact', telling: Telling = {}): JournalLine {
    const box = b4a.alloc(32, 51)
    const body = { device: this.key(whom), box, role, name: whom, ...this.#context(by, telling) }
    return this.#say(by, { kind: 'member-added', body }, telling)
  }

  revokes(by: string, whom: string, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), reason: 'by ' + by, ...this.#context(by, telling) }
    return this.#say(by, { kind: 'member-revoked', body }, telling)
  }

  seconds(by: string, line: JournalLine, telling: Telling = {}): JournalLine {
    const { journal, index } = line
    const { device } = line.entry.body as { device: Uint8Array }
    const body = { device, journal, index, ...this.#context(by, telling) }
    return this.#say(by, { kind: 'seconded', body }, telling)
  }

  reinstates(by: string, whom: string, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), reason: '', ...this.#context(by, telling) }
    return this.#say(by, { kind: 'reinstated', body }, telling)
  }

  role(by: string, whom: string, role: Role, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), role, ...this.#context(by, telling) }
    return this.#say(by, { kind: 'role-changed', body }, telling)
  }

  owns(by: string, whom: string, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), ...this.#context(by, telling) }
    return this.#say(by, { kind: 'own-device', body }, telling)
  }

  /** `name:role`, then `-` for cut off, `?` for unconfirmed, `!` for powers on hold; sorted. */
  get members(): string[] {
    return this.roster.members.map((member) => this.#memberText(member)).sort()
  }

  /** What became of a line: `effective`, or `void cut-off`. */
  fate(line: JournalLine): string {
    const found = this.roster.history.find(
      ({ journal, index }) => index === line.index && b4a.equals(journal, line.journal)
    )!
    return fateText(found)
  }

  #memberText({ device, role, state, onHold }: Member): string {
    const mark = { active: '', 'cut-off': '-', unconfirmed: '?' }[state]
    return `${this.nameOf(device)}:${role}${mark}${onHold ? '!' : ''}`
  }

  #context(
    by: string,
    { knows = this.lines, atMs = 1000 }: Telling
  ): { atMs: number; seen: Seen[] } {
    this.key(by)
    const lengths = new Map<string, Seen>()
    for (const { journal, index } of knows) {
      const length = Math.max(index + 1, lengths.get(hex(journal))?.length ?? 0)
      lengths.set(hex(journal), { journal, length })
    }
    return { atMs, seen: [...lengths.values()] }
  }

  #say(by: string, entry: JournalEntry, { journal: name = by }: Telling): JournalLine {
    const journal = journalOf(name)
    const index = this.lines.filter((line) => b4a.equals(line.journal, journal)).length
    const line = { device: this.key(by), journal, previous: null, index, entry }
    this.lines.push(line)
    return line
  }
}

/** A key that is the same for the same name. */
function journalOf(name: string): Uint8Array {
  const key = b4a.alloc(32, 200)
  key.set(b4a.from(name).subarray(0, 32))
  return key
}

export function fateText({ state, why }: HistoryEntry): string {
  return why === null ? state : `${state} ${why}`
}

/** All there is to a roster, as text: the same for the same roster. */
export function rosterText({ name, members, history }: Roster): string {
  return JSON.stringify([name, members, history], (_, value) =>
    value instanceof Uint8Array ? hex(value) : value
  )
}

/** The same without what people are called, and why: all that a relay can know of it. */
export function silentText(roster: Roster): string {
  const text = JSON.parse(rosterText(roster), (key, value) =>
    key === 'name' || key === 'reason' ? '' : value
  )
  return JSON.stringify(text.slice(1))
}

/** Lines as they are written for a relay, and read by it. */
export function asRelayReads(lines: readonly JournalLine[]): JournalLine[] {
  return lines.map((line) => {
    const read = decode(outline, encodeOutline(line.entry as Outline), 'outline')
    return { ...line, entry: joined(read, null)! }
  })
}

export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seeded(seed)
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}
