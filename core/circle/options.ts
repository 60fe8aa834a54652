// What a circle is given, and what it tells.

import type { CircleState } from '../encoding/memory/device-state.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { JournalReader } from './journal/journal-reader.ts'
import type { journalLimit } from './journal/room/journal-room.ts'
import type { JournalLine, Roster } from './roster.ts'

export interface CircleEvents {
  /** An entry nobody had told us before. */
  line: [JournalLine]
  roster: [Roster]
  /** A journal that is followed from now on. */
  journal: [JournalReader]
  /** More of a journal has been read, and acted on. */
  read: [JournalReader]
  /** What a hello says has changed: heads or addresses; ours, or somebody else's. */
  introduction: [whose: 'ours' | 'theirs']
  /** A line has cut these off that were members before it. */
  cut: [JournalLine, DeviceKey[]]
  /** A member has said more than is kept of one: what comes after it waits. */
  crowded: [DeviceKey]
}

export interface CircleOptions {
  store: EvidenceStore
  keys: DeviceKeys
  state: CircleState
  /** Persists the device's state; durable when it resolves. */
  save: () => Promise<void>
  now: () => number
  /** @default journalLimit */
  limitBytes?: typeof journalLimit
}
