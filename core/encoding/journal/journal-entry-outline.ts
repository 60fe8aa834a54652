// The outline of a journal entry, which every member reads, a relay too: keys, roles, dates, lengths and
// signatures. Whether an entry counts follows from its outline alone, so that nobody can have a relay
// believe something else of who belongs than everybody else does.
//
//   u8 kind | body
//
// Must never: hold a text that somebody typed. Those are words (journal-entry-words.ts).

import { MAX_EPOCHS, MAX_MEMBERS, MAX_SEEN } from '../../limits.ts'
import type { DeviceKey, EpochId } from '../../types/keys.ts'
import { SEAL_REASONS } from '../recording/entry.ts'
import { WRAPPED_BYTES } from '../recording/header.ts'
import { ALARM_KINDS, EPOCH_BYTES, INVITE_ID_BYTES, ROLES } from './journal-entry.ts'
import type * as Said from './journal-entry.ts'
import { receipt } from '../recording/receipt.ts'
import { bad, bool, bytes, encode, fixed, fixed32, fixed64, list, optional } from '../wire.ts'
import { struct, uint, uint8, word } from '../wire.ts'
import type { Codec } from '../wire.ts'

/** All there is to it is in its words: who has no key for those knows that something was said. */
export interface Undisclosed {
  kind: 'undisclosed'
  body: null
}

/** Kinds of which no outline says anything: all there is to them is in their words, whoever writes them. */
export type InWordsAlone = 'annotated' | 'grant' | 'named'

/** What an outline says; where an entry has texts, they are empty. */
export type Outline = Exclude<Said.JournalEntry, { kind: InWordsAlone }> | Undisclosed

type BodyOf<Kind extends Outline['kind']> = Extract<Outline, { kind: Kind }>['body']

const seen = list(struct<Said.Seen>({ journal: fixed32, length: uint }), MAX_SEEN)
const older = bytes(MAX_EPOCHS * 32 + 16)
const wrappedFor = struct<Said.WrappedFor>({
  device: fixed32,
  box: fixed(WRAPPED_BYTES),
  forRelay: bool
})

const someInviteId = optional(fixed(INVITE_ID_BYTES))
const inviteId: Codec<Uint8Array | null | undefined> = {
  preencode: (state, value) => someInviteId.preencode(state, value ?? null),
  encode: (state, value) => someInviteId.encode(state, value ?? null),
  decode: (state) => someInviteId.decode(state)
}

const nothing: Codec<null> = { preencode() {}, encode() {}, decode: () => null }

/** Also a message of its own: a film is told over the links as it begins. */
export const recordingAnnounced = struct<Said.RecordingAnnounced>({
  recording: fixed32,
  signer: fixed32,
  startedAtMs: uint,
  previous: optional(fixed32),
  attestation: fixed64
})

/** Also the words of an alarm that a relay does not read. */
export const alarm = struct<Said.Alarm>({
  alarm: word(ALARM_KINDS),
  recording: optional(fixed32),
  device: fixed32,
  proof: bytes(16 * 1024),
  atMs: uint
})

/** In words alone: who was given the key of which film is nothing for a relay. */
export const grant = struct<Said.Grant>({
  recording: fixed32,
  device: fixed32,
  wrappedKey: fixed(WRAPPED_BYTES)
})

/** `body` without these texts, which are empty when it is read. */
function silent<Body extends object, Text extends keyof Body>(
  body: Codec<Omit<Body, Text>>,
  ...texts: Text[]
): Codec<Body> {
  const blank = Object.fromEntries(texts.map((name) => [name, '']))
  const decode: Codec<Body>['decode'] = (state) => ({ ...body.decode(state), ...blank }) as Body
  return { ...body, decode }
}

/** Persisted: the number of each kind never changes. */
const KINDS: { [Kind in Outline['kind']]: [number: number, codec: Codec<BodyOf<Kind>>] } = {
  'circle-created': [
    1,
    silent(
      struct<Omit<Said.CircleCreated, 'name' | 'deviceName'>>({
        device: fixed32,
        box: fixed32,
        boxSignature: fixed64,
        atMs: uint
      }),
      'name',
      'deviceName'
    )
  ],
  'member-added': [
    2,
    silent(
      struct<Omit<Said.MemberAdded, 'name'>>({
        device: fixed32,
        box: fixed32,
        boxSignature: fixed64,
        role: word(ROLES),
        atMs: uint,
        seen,
        invite: inviteId
      }),
      'name'
    )
  ],
  'member-revoked': [
    3,
    silent(
      struct<Omit<Said.MemberRevoked, 'reason'>>({ device: fixed32, atMs: uint, seen }),
      'reason'
    )
  ],
  'recording-announced': [4, recordingAnnounced],
  receipts: [5, list(receipt, 256)],
  alarm: [6, alarm],
  'recording-sealed': [
    8,
    struct<Said.RecordingSealed>({
      recording: fixed32,
      length: uint,
      treeHash: fixed32,
      endedAtMs: uint,
      reason: word(SEAL_REASONS)
    })
  ],
  rekeyed: [
    9,
    struct<Said.Rekeyed>({
      epoch: fixed(EPOCH_BYTES),
      without: list(fixed32 as Codec<DeviceKey>, MAX_MEMBERS),
      wrapped: list(wrappedFor, MAX_MEMBERS),
      carries: list(fixed(EPOCH_BYTES) as Codec<EpochId>, MAX_EPOCHS),
      older,
      olderForRelays: older,
      atMs: uint
    })
  ],
  seconded: [
    10,
    struct<Said.Seconded>({ device: fixed32, journal: fixed32, index: uint, atMs: uint, seen })
  ],
  reinstated: [
    11,
    silent(struct<Omit<Said.Reinstated, 'reason'>>({ device: fixed32, atMs: uint, seen }), 'reason')
  ],
  'role-changed': [
    12,
    struct<Said.RoleChanged>({ device: fixed32, role: word(ROLES), atMs: uint, seen })
  ],
  'own-device': [13, struct<Said.OwnDevice>({ device: fixed32, atMs: uint, seen })],
  undisclosed: [14, nothing],
  leaving: [15, struct<Said.Leaving>({ dueAtMs: optional(uint), atMs: uint })]
}

const BY_NUMBER = new Map(
  Object.entries(KINDS).map(([kind, [number, codec]]) => [
    number,
    { kind, codec: codec as Codec<unknown> }
  ])
)

export const outline: Codec<Outline> = {
  preencode(state, { kind, body }) {
    state.end++
    codecOf(kind).preencode(state, body)
  },
  encode(state, { kind, body }) {
    uint8.encode(state, KINDS[kind][0])
    codecOf(kind).encode(state, body)
  },
  decode(state) {
    const number = uint8.decode(state)
    const found = BY_NUMBER.get(number)
    if (!found) throw bad('journal entry kind ' + number + ' is not known here')
    return { kind: found.kind, body: found.codec.decode(state) } as Outline
  }
}

/** The kind of an outline that has been decoded before, without doing so again. */
export function outlineKindOf(bytes: Uint8Array, start = 0): Outline['kind'] {
  return BY_NUMBER.get(bytes[start]!)!.kind as Outline['kind']
}

/** All that counts of an entry. @throws TemoinError BAD_ENCODING where a field breaks its limit */
export function encodeOutline(entry: Outline): Uint8Array {
  return encode(outline, entry)
}

function codecOf(kind: Outline['kind']): Codec<unknown> {
  return KINDS[kind][1] as Codec<unknown>
}
