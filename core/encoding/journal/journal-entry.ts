// What a member says in its journal: membership, announcements, receipts, alarms, grants, annotations, names.
//
// An entry is written in two layers: an outline, which every member reads, and words (names, reasons,
// alarms), which a relay has no key for. The bytes of either are in `journal-entry-outline.ts` and
// `journal-entry-words.ts`. Membership entries carry what their author had seen, so that conflicting
// changes can be ordered by cause, not clock.

import type {
  DeviceKey,
  EpochId,
  JournalKey,
  RecordingKey,
  Role,
  Signature,
  SignerKey,
  TreeHash
} from '../../types/keys.ts'
import type { SealedAnnotation } from './annotation.ts'
import type { SignedBox } from '../box-claim.ts'
import type { Receipt } from '../recording/receipt.ts'
import type { SealReason } from '../recording/entry.ts'

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
  'storage-damaged',
  'journal-flood'
] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/** How far a device had read another journal when it spoke. */
export interface Seen {
  journal: JournalKey
  length: number
}

/** The founding statement: `circle id = hash(label, device, journal)`, so nobody else can have made it. */
export interface CircleCreated extends SignedBox {
  name: string
  deviceName: string
  atMs: number
}

/** Counts only where the device that is let in has signed its box key itself. */
export interface MemberAdded extends SignedBox {
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

/** "So I am called": of itself alone. */
export interface Named {
  name: string
  atMs: number
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

/** The device that says so is going to delete what it holds of the circle. */
export interface Leaving {
  /** Not before then; null where it stays after all. */
  dueAtMs: number | null
  atMs: number
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

/** One member's copy of a secret: all of it, or for a relay its relay secret alone. */
export interface WrappedFor {
  device: DeviceKey
  box: Uint8Array
  forRelay: boolean
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
  /** The relay secrets of the same epochs, sealed under the new one's. */
  olderForRelays: Uint8Array
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
  | { kind: 'leaving'; body: Leaving }
  | { kind: 'annotated'; body: SealedAnnotation }
  | { kind: 'named'; body: Named }

/** Bytes of an epoch's name. */
export const EPOCH_BYTES = 16
/** Bytes of how the journals name an invite. */
export const INVITE_ID_BYTES = 8
