// Histories of a circle, told line by line: who says what, and what it had read when it said it. By
// default everybody has read everything; a test that is about not having read says so.

import b4a from 'b4a'
import { rosterOf } from '../../../core/circle/roster.ts'
import type { HistoryEntry, JournalLine, Member, Roster } from '../../../core/circle/roster.ts'
import { circleIdOf } from '../../../core/circle/keys/secrets.ts'
import { boxClaim } from '../../../core/encoding/box-claim.ts'
import type { SignedBox } from '../../../core/encoding/box-claim.ts'
import type { JournalEntry, Seen } from '../../../core/encoding/journal/journal-entry.ts'
import { encodeOutline, outline } from '../../../core/encoding/journal/journal-entry-outline.ts'
import { joined, outlineOf } from '../../../core/encoding/journal/journal-entry-words.ts'
import { LABELS } from '../../../core/encoding/signable.ts'
import { decode, encode } from '../../../core/encoding/wire.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { labelled } from '../../../core/identity/hash.ts'
import type { Role } from '../../../core/types/keys.ts'
import { seeded } from '../random.ts'
import { hex } from '../../../core/encoding/hex.ts'

export interface Telling {
  /** What its author has read: all there is, or these lines and what stands before them. */
  knows?: JournalLine[]
  /** A journal of its own, as if its author had said nothing before. */
  journal?: string
  atMs?: number
  /** Whose box key is said to be that of who is added, by that one's signature. @default its own */
  box?: string
}

/** Signatures are real: what is sealed for a device hangs on them. The same keys for the same name. */
const KEYS = new Map<string, DeviceKeys>()
const NAMES = new Map<string, string>()

export class History {
  readonly lines: JournalLine[] = []

  /** Founded by ana, with these members let in by her: `ben:organiser` or `ben` for a contact. */
  constructor(...members: string[]) {
    const body = { ...keysOf('ana').signedBox, name: 'our street', deviceName: 'ana', atMs: 0 }
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
    return keysOf(name).device
  }

  nameOf(key: Uint8Array): string {
    return NAMES.get(hex(key))!
  }

  adds(by: string, whom: string, role: Role = 'contact', telling: Telling = {}): JournalLine {
    const { box: owner = whom } = telling
    const signed = owner === whom ? keysOf(whom).signedBox : boxOfAnother(whom, owner)
    const body = { ...signed, role, name: whom, ...this.#context(telling) }
    return this.#say(by, { kind: 'member-added', body }, telling)
  }

  revokes(by: string, whom: string, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), reason: 'by ' + by, ...this.#context(telling) }
    return this.#say(by, { kind: 'member-revoked', body }, telling)
  }

  seconds(by: string, line: JournalLine, telling: Telling = {}): JournalLine {
    const { journal, index } = line
    const { device = line.device } = line.entry.body as { device?: Uint8Array }
    const body = { device, journal, index, ...this.#context(telling) }
    return this.#say(by, { kind: 'seconded', body }, telling)
  }

  reinstates(by: string, whom: string, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), reason: '', ...this.#context(telling) }
    return this.#say(by, { kind: 'reinstated', body }, telling)
  }

  role(by: string, whom: string, role: Role, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), role, ...this.#context(telling) }
    return this.#say(by, { kind: 'role-changed', body }, telling)
  }

  /** Says something that has nothing to do with who belongs. */
  alarms(by: string, telling: Telling = {}): JournalLine {
    const about = { recording: null, device: this.key(by), proof: b4a.alloc(0), atMs: 1000 }
    return this.#say(by, { kind: 'alarm', body: { alarm: 'battery-low', ...about } }, telling)
  }

  /** Says what it is called itself. */
  calls(by: string, name: string, telling: Telling = {}): JournalLine {
    const { atMs = 1000 } = telling
    return this.#say(by, { kind: 'named', body: { name, atMs } }, telling)
  }

  owns(by: string, whom: string, telling: Telling = {}): JournalLine {
    const body = { device: this.key(whom), ...this.#context(telling) }
    return this.#say(by, { kind: 'own-device', body }, telling)
  }

  /** `name:role`, then `-` for cut off, `?` for unconfirmed, `!` for powers on hold, `*` for another’s box. */
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

  #memberText({ device, box, role, state, onHold }: Member): string {
    const mark = { active: '', 'cut-off': '-', unconfirmed: '?' }[state]
    const isOwn = b4a.equals(box, keysOf(this.nameOf(device)).box)
    return `${this.nameOf(device)}:${role}${mark}${onHold ? '!' : ''}${isOwn ? '' : '*'}`
  }

  #context({ knows = this.lines, atMs = 1000 }: Telling): { atMs: number; seen: Seen[] } {
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

function keysOf(name: string): DeviceKeys {
  const known = KEYS.get(name)
  if (known !== undefined) return known
  const keys = new DeviceKeys(labelled('test/history-seed', b4a.from(name)))
  KEYS.set(name, keys)
  NAMES.set(hex(keys.device), name)
  return keys
}

/** The most that whoever has the other one's seed alone can make of it. */
function boxOfAnother(name: string, other: string): SignedBox {
  const claim = { device: keysOf(name).device, box: keysOf(other).box }
  const boxSignature = keysOf(other).sign(LABELS.boxKey, encode(boxClaim, claim))
  return { ...claim, boxSignature }
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
  return textOf([name, members, history], [])
}

/** The same without what people are called, and why: all that a relay can know of it. */
export function silentText({ members, history }: Roster): string {
  const said = history.filter(({ kind }) => kind !== 'named')
  return textOf([members, said], ['name', 'addedAs', 'namedAtMs', 'was', 'reason'])
}

/** As JSON, with bytes in hex. Tens of thousands of rosters are written: `JSON.stringify` takes three times as long. */
function textOf(value: unknown, silent: readonly string[]): string {
  if (value instanceof Uint8Array) return `"${hex(value)}"`
  if (Array.isArray(value)) return `[${value.map((each) => textOf(each, silent)).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  let text = ''
  for (const [key, each] of Object.entries(value)) {
    if (!silent.includes(key)) text += `"${key}":${textOf(each, silent)},`
  }
  return `{${text}}`
}

/** Lines as they are written for a relay, and read by it. */
export function asRelayReads(lines: readonly JournalLine[]): JournalLine[] {
  return lines.flatMap((line) => {
    const read = decode(outline, encodeOutline(outlineOf(line.entry)), 'outline')
    const entry = joined(read, null)
    return entry === null ? [] : [{ ...line, entry }]
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
