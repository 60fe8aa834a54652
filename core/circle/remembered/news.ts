// What a member has not been told yet of heads and addresses, and how far it has been told.

import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import type { PeerAddresses } from '../../encoding/pairing/pairing.ts'

/** How far somebody was told what this device knows of heads and addresses. */
export interface Mark {
  heads: number
  addresses: number
}

export const NOTHING_TOLD: Mark = { heads: 0, addresses: -1 }

export interface News {
  heads: JournalHead[]
  peers: PeerAddresses[]
  /** To ask for what comes after these. */
  mark: Mark
}
