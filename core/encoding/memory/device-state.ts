// What a device remembers between starts besides cores: its name, and for each circle the secret, its
// own journal, the journals and addresses of the others. One small file, encrypted (store/files/state-file).

import type { CircleId, DeviceKey } from '../../types/keys.ts'
import { MAX_EPOCHS, MAX_HEADS, MAX_MEMBERS, MAX_NAME_BYTES, MAX_TOLD_FILMS } from '../../limits.ts'
import { circleSecret } from '../pairing/circle-secret.ts'
import type { CircleSecret } from '../pairing/circle-secret.ts'
import { journalHead } from '../journal/journal-head.ts'
import type { JournalHead } from '../journal/journal-head.ts'
import { provenLine } from '../journal/proven-line.ts'
import type { ProvenLine } from '../journal/proven-line.ts'
import { peerAddresses } from '../pairing/pairing.ts'
import type { PeerAddresses } from '../pairing/pairing.ts'
import { toldFilm } from '../recording/told-film.ts'
import type { ToldFilm } from '../recording/told-film.ts'
import { bytes, fixed32, list, optional, struct, text, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

export interface OwnJournalState {
  /** The journal's signing key is derived from the device seed and this. 16 bytes. */
  salt: Uint8Array
  head: JournalHead
}

export interface CircleState {
  id: CircleId
  /** Empty on a relay, which is never told. */
  name: string
  /** The first secret: the name of the circle on a link, and the keys of its first epoch. */
  secret: CircleSecret
  /** Secrets of later epochs, the one in use last. The journals tell them as well. */
  later: CircleSecret[]
  /** Who let this device in: trusted to be a member until the journals are here; null for a founder. */
  introducer: DeviceKey | null
  journal: OwnJournalState | null
  heads: JournalHead[]
  peers: PeerAddresses[]
  /** Members as last known: whom to turn to where the journals were lost with a damaged store. */
  members: DeviceKey[]
  /** Known to be revoked: not let in either where the journals that say so were lost. */
  revoked: DeviceKey[]
  /** Blocks may be acknowledged before the author's journal is here, and a kill may come between. */
  films: ToldFilm[]
  /** The line that has cut this device off, where it was shown it; null while it is a member. */
  parting: ProvenLine | null
}

/** A circle that was just founded or joined: nothing else is known of it yet. */
export function freshCircle(
  known: Pick<CircleState, 'id' | 'name' | 'secret'> & Partial<CircleState>
): CircleState {
  const nobody = { introducer: null, peers: [], members: [], revoked: [] }
  const nothing = { journal: null, heads: [], films: [], parting: null }
  return { later: [], ...nothing, ...nobody, ...known }
}

export interface DeviceState {
  name: string
  /** UDP port used last, asked for again so that addresses told to others stay true; 0 for any. */
  port: number
  circles: CircleState[]
}

const ownJournal = struct<OwnJournalState>({ salt: bytes(16), head: journalHead })

const circleState = struct<CircleState>({
  id: fixed32,
  name: text(MAX_NAME_BYTES),
  secret: circleSecret,
  later: list(circleSecret, MAX_EPOCHS),
  introducer: optional(fixed32) as Codec<DeviceKey | null>,
  journal: optional(ownJournal),
  heads: list(journalHead, MAX_HEADS),
  peers: list(peerAddresses, MAX_MEMBERS),
  members: list(fixed32 as Codec<DeviceKey>, MAX_MEMBERS),
  revoked: list(fixed32 as Codec<DeviceKey>, MAX_MEMBERS),
  films: list(toldFilm, MAX_TOLD_FILMS),
  parting: optional(provenLine)
})

export const deviceState = versioned(
  1,
  struct<DeviceState>({
    name: text(MAX_NAME_BYTES),
    port: uint,
    circles: list(circleState, 1024)
  })
)
