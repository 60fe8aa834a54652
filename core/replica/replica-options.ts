// What a replica is given, and what it tells.

import type { Receipt } from '../encoding/recording/receipt.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { HeldCore } from '../store/held-cores.ts'
import type { RecordingKey } from '../types/keys.ts'
import type { Announced } from './announced.ts'
import type { Replica } from './replica.ts'

export interface ReplicaEvents {
  /** More blocks are held without a hole. */
  grow: []
  /** Our own receipt: what it says is on our disk. */
  receipt: [Receipt]
  /** Somebody else's receipt, checked. */
  held: [Receipt]
  sealed: []
  /** Its core is open, or about to be closed. */
  wake: []
  rest: []
  /** Only so many blocks are here of what this device had signed for. */
  lost: [length: number]
  /** The disk refused. */
  trouble: [unknown]
}

/** Whoever hears of all replicas alike, by the names of what they tell. */
export type Ears = {
  [E in keyof ReplicaEvents]?: (replica: Replica, ...told: ReplicaEvents[E]) => void
}

export interface ReplicaOptions {
  store: EvidenceStore
  keys: DeviceKeys
  announced: Announced
  /** Keys that members have wrapped for this device since it was filmed. */
  granted?: (recording: RecordingKey) => readonly Uint8Array[]
  /** True while this device films it: its entries are told by `observe`, not read back. */
  filming?: boolean
  /** True where it was told over a link, and will be pushed. */
  pushed?: boolean
  /** What the disk has of it: it rests until somebody wakes it. */
  resting?: HeldCore
  now: () => number
  /** Time that never goes back, ms: for what is waited for. */
  steadyMs: () => number
}
