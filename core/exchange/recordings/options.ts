// What the recordings of a circle are given, and what they tell.

import type { Circle } from '../../circle/circle.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import type { Replica } from '../../replica/replica.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { RaisedAlarm } from '../alarms/alarms.ts'
import type { Intake } from './intake.ts'
import type { Peer } from '../members/peer.ts'

export interface RecordingsEvents {
  /** Those from before this start, as the disk has them: before anything else is taken. */
  known: [Replica[]]
  recording: [Replica]
  /** A replica grew here, or somebody's receipt for it came in. */
  progress: [Replica]
  sealed: [Replica]
  /** This device has signed for what it has of one. */
  signed: [Replica]
  /** Ours, as it is raised, or another member's, as its journal comes. */
  alarm: [RaisedAlarm]
  trouble: [unknown]
}

export interface RecordingsOptions {
  circle: Circle
  store: EvidenceStore
  keys: DeviceKeys
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** What this device still takes. */
  intake: Intake
  now: () => number
}
