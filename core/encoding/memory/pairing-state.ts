// What a device remembers of pairing between starts: the invites it gave that are still open, and the
// one it is trying to redeem. A file of its own (store/files/sealed-file), gone from it when over or expired.

import type { CircleId } from '../../types/keys.ts'
import { MAX_MEMBERS, MAX_OPEN_INVITES } from '../../limits.ts'
import { inviteBody } from '../pairing/invite.ts'
import type { Invite } from '../pairing/invite.ts'
import { bool, checked, fixed32, list, optional, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

export interface OpenInvite {
  circle: CircleId
  invite: Invite
  /** How many devices it lets in altogether; how many it has is in the journals. */
  uses: number
  /** A person looks at each candidate. */
  confirm: boolean
}

export interface PairingState {
  open: OpenInvite[]
  /** The invite this device is trying to redeem. */
  joining: Invite | null
}

const uses = checked(uint, (n) => n >= 1 && n <= MAX_MEMBERS, 'a number of uses is out of range')

export const pairingState = versioned(
  1,
  struct<PairingState>({
    open: list(
      struct<OpenInvite>({
        circle: fixed32 as Codec<CircleId>,
        invite: inviteBody,
        uses,
        confirm: bool
      }),
      MAX_OPEN_INVITES
    ),
    joining: optional(inviteBody)
  })
)
