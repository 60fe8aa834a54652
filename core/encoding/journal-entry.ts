// What a member says in its journal: membership, announcements, receipts, alarms, grants.
//
//   u8 kind | body
//
// Entries are encrypted by `circle/journal/journal-cipher.ts` before they are appended. Membership entries
// carry what their author had seen, so that conflicting changes can be ordered by cause, not clock.

import type {
  BoxKey,
  DeviceKey,
  EpochId,
  JournalKey,
  RecordingKey,
  Role,
  Signature,
  SignerKey,
  TreeHash
} from '../types/keys.ts'
import { MAX_EPOCHS, MAX_MEMBERS, MAX_NAME_BYTES, MAX_SEEN, MAX_TEXT_BYTES } from '../limits.ts'
import {
  bad,
  bytes,
  encode,
  fixed,
  fixed32,
  fixed64,
  list,
  optional,
  struct,
  text,
  uint,
  uint8,
  word
} from './wire.ts'
import type { Codec } from './wire.ts'
import { receipt } from './receipt.ts'
import type { Receipt } from './receipt.ts'
import { SEAL_REASONS } from './entry.ts'
import type { SealReason } from './entry.ts'
import { WRAPPED_BYTES } from './header.ts'

/** Persisted as an index: append, never reorder. */
export const ROLES = ['organiser', 'contact', 'keeper', 'relay'] as const satisfies readonly Role[]

/** Persisted as an index: append, never reorder. */
export const ALARM_KINDS = [
  'fork-offer',
  'rival-history',
  'write-after-seal',
  'false-holding',
  'clock-off',
  'silence',
  'battery-low',
  'storage-low',
  'storage-damaged'
] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/** How far a device had read another journal when it spoke. */
export interface Seen {
  journal: JournalKey
  length: number
}

/** The founding statement: `circle id = hash(label, device, nonce)`, so nobody else can have made it. */
export interface CircleCreated {
  nonce: Uint8Array
  name: string
  device: DeviceKey
  box: BoxKey
  deviceName: string
  atMs: number
}

export interface MemberAdded {
  device: DeviceKey
  box: BoxKey
  role: Role
  name: string
  atMs: number
  seen: Seen[]
  /** Which invite let it in, as `inviteId` names it; none where a member was added without one. 8 bytes. */
  invite?: Uint8Array | null
}

export interface MemberRevoked {
  device: DeviceKey
  reason: string
  atMs: number
  seen: Seen[]
}

/** Another member's word for what a member said: for a revocation, an addition, a role, a reinstatement. */
export interface Seconded {
  /** Whom the statement is about. */
  device: DeviceKey
  /** Where the statement stands. */
  journal: JournalKey
  index: number
  atMs: number
  seen: Seen[]
}

/** A device that was cut off is a member again, as what it was. */
export interface Reinstated {
  device: DeviceKey
  reason: string
  atMs: number
  seen: Seen[]
}

export interface RoleChanged {
  device: DeviceKey
  role: Role
  atMs: number
  seen: Seen[]
}

/** "That device is mine as well": counts for revoking it once the other device says the same. */
export interface OwnDevice {
  device: DeviceKey
  atMs: number
  seen: Seen[]
}

/** Made durable before the first fragment of the recording leaves the device. */
export interface RecordingAnnounced {
  recording: RecordingKey
  signer: SignerKey
  startedAtMs: number
  previous: RecordingKey | null
  attestation: Signature
}

/** The author's word that a recording is over: known to members who cannot open its seal. */
export interface RecordingSealed {
  recording: RecordingKey
  /** Blocks, the seal included. */
  length: number
  treeHash: TreeHash
  endedAtMs: number
  reason: SealReason
}

export interface Alarm {
  alarm: AlarmKind
  recording: RecordingKey | null
  device: DeviceKey
  /** Evidence, as its kind defines it: for a rival history both signed tree heads. */
  proof: Uint8Array
  atMs: number
}

/** The first chain key of a recording, sealed to a member who joined after it was filmed. */
export interface Grant {
  recording: RecordingKey
  device: DeviceKey
  wrappedKey: Uint8Array
}

/** One member's copy of a secret. */
export interface WrappedFor {
  device: DeviceKey
  box: Uint8Array
}

/**
 * A new secret for the circle, right behind what made it necessary. Both lists are filled with random
 * ones to a bucket, so that who cannot read this cannot count the members by its size.
 */
export interface Rekeyed {
  epoch: EpochId
  /** Revoked members its author knew of: nobody ever gives it to them. */
  without: DeviceKey[]
  wrapped: WrappedFor[]
  /** Epochs whose secrets are in `older`. */
  carries: EpochId[]
  /** Secrets before it, sealed under the new one: who was out of reach then can read what was said. */
  older: Uint8Array
  atMs: number
}

export type JournalEntry =
  | { kind: 'circle-created'; body: CircleCreated }
  | { kind: 'member-added'; body: MemberAdded }
  | { kind: 'member-revoked'; body: MemberRevoked }
  | { kind: 'recording-announced'; body: RecordingAnnounced }
  | { kind: 'receipts'; body: Receipt[] }
  | { kind: 'alarm'; body: Alarm }
  | { kind: 'grant'; body: Grant }
  | { kind: 'recording-sealed'; body: RecordingSealed }
  | { kind: 'rekeyed'; body: Rekeyed }
  | { kind: 'seconded'; body: Seconded }
  | { kind: 'reinstated'; body: Reinstated }
  | { kind: 'role-changed'; body: RoleChanged }
  | { kind: 'own-device'; body: OwnDevice }

const name = text(MAX_NAME_BYTES)
const seen = list(struct<Seen>({ journal: fixed32, length: uint }), MAX_SEEN)

export const EPOCH_BYTES = 16
const MAX_OLDER_BYTES = MAX_EPOCHS * 32 + 16
const wrappedFor = struct<WrappedFor>({ device: fixed32, box: fixed(WRAPPED_BYTES) })

export const INVITE_ID_BYTES = 8
const someInviteId = optional(fixed(INVITE_ID_BYTES))
const inviteId: Codec<Uint8Array | null | undefined> = {
  preencode: (state, value) => someInviteId.preencode(state, value ?? null),
  encode: (state, value) => someInviteId.encode(state, value ?? null),
  decode: (state) => someInviteId.decode(state)
}

/** Also a message of its own: a film is told over the links as it begins. */
export const recordingAnnounced = struct<RecordingAnnounced>({
  recording: fixed32,
  signer: fixed32,
  startedAtMs: uint,
  previous: optional(fixed32),
  attestation: fixed64
})

/** Persisted: the number of each kind never changes. */
const KINDS: Record<JournalEntry['kind'], { number: number; codec: Codec<any> }> = {
  'circle-created': {
    number: 1,
    codec: struct<CircleCreated>({
      nonce: fixed32,
      name,
      device: fixed32,
      box: fixed32,
      deviceName: name,
      atMs: uint
    })
  },
  'member-added': {
    number: 2,
    codec: struct<MemberAdded>({
      device: fixed32,
      box: fixed32,
      role: word(ROLES),
      name,
      atMs: uint,
      seen,
      invite: inviteId
    })
  },
  'member-revoked': {
    number: 3,
    codec: struct<MemberRevoked>({
      device: fixed32,
      reason: text(MAX_TEXT_BYTES),
      atMs: uint,
      seen
    })
  },
  'recording-announced': {
    number: 4,
    codec: recordingAnnounced
  },
  receipts: { number: 5, codec: list(receipt, 256) },
  alarm: {
    number: 6,
    codec: struct<Alarm>({
      alarm: word(ALARM_KINDS),
      recording: optional(fixed32),
      device: fixed32,
      proof: bytes(16 * 1024),
      atMs: uint
    })
  },
  grant: {
    number: 7,
    codec: struct<Grant>({ recording: fixed32, device: fixed32, wrappedKey: bytes(WRAPPED_BYTES) })
  },
  'recording-sealed': {
    number: 8,
    codec: struct<RecordingSealed>({
      recording: fixed32,
      length: uint,
      treeHash: fixed32,
      endedAtMs: uint,
      reason: word(SEAL_REASONS)
    })
  },
  rekeyed: {
    number: 9,
    codec: struct<Rekeyed>({
      epoch: fixed(EPOCH_BYTES),
      without: list(fixed32 as Codec<DeviceKey>, MAX_MEMBERS),
      wrapped: list(wrappedFor, MAX_MEMBERS),
      carries: list(fixed(EPOCH_BYTES) as Codec<EpochId>, MAX_EPOCHS),
      older: bytes(MAX_OLDER_BYTES),
      atMs: uint
    })
  },
  seconded: {
    number: 10,
    codec: struct<Seconded>({ device: fixed32, journal: fixed32, index: uint, atMs: uint, seen })
  },
  reinstated: {
    number: 11,
    codec: struct<Reinstated>({ device: fixed32, reason: text(MAX_TEXT_BYTES), atMs: uint, seen })
  },
  'role-changed': {
    number: 12,
    codec: struct<RoleChanged>({ device: fixed32, role: word(ROLES), atMs: uint, seen })
  },
  'own-device': {
    number: 13,
    codec: struct<OwnDevice>({ device: fixed32, atMs: uint, seen })
  }
}

const BY_NUMBER = new Map(
  Object.entries(KINDS).map(([kind, { number, codec }]) => [number, { kind, codec }])
)

/** @throws TemoinError BAD_ENCODING where a field breaks its limit */
export function encodeJournalEntry(entry: JournalEntry): Uint8Array {
  return encode(tagged, entry)
}

export const tagged: Codec<JournalEntry> = {
  preencode(state, entry) {
    state.end++
    KINDS[entry.kind].codec.preencode(state, entry.body)
  },
  encode(state, entry) {
    state.buffer![state.start++] = KINDS[entry.kind].number
    KINDS[entry.kind].codec.encode(state, entry.body)
  },
  decode(state) {
    const number = uint8.decode(state)
    const found = BY_NUMBER.get(number)
    if (!found) throw bad('journal entry kind ' + number + ' is not known here')
    return { kind: found.kind, body: found.codec.decode(state) } as JournalEntry
  }
}
