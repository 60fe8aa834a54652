// All that screens are told unasked: replayed whole to a client that comes, then by changes. A change
// replaces one slice, or one entry of a slice by key; a slow client gets the newest of each, once.

import type { CircleState, InviteState } from './circle.ts'
import type { Handle, Key } from './codes.ts'
import type { DeviceState, DiskState, ExportState, JoinState, WipedState } from './device.ts'
import type { FilmingState, RecordingState } from './recordings.ts'

export interface State {
  device: DeviceState
  disk: DiskState
  /** Null where nothing is being joined. */
  join: JoinState | null
  /** Null unless a panic has ended. */
  wiped: WipedState | null
  circles: Record<Key, CircleState>
  /** Films of everybody. */
  recordings: Record<Key, RecordingState>
  /** Films that this device makes now; kept for a while when they are over. */
  filming: Record<Handle, FilmingState>
  invites: Record<Handle, InviteState>
  exports: Record<Handle, ExportState>
}

/** Slices that are one value. */
export type Single = 'device' | 'disk' | 'join' | 'wiped'
/** Slices that have one value for each key. */
export type Keyed = Exclude<keyof State, Single>

/** `value` null: that entry is gone (or the slice is null). */
export type Change =
  | { [S in Single]: { slice: S; key: null; value: State[S] } }[Single]
  | { [S in Keyed]: { slice: S; key: string; value: State[S][string] | null } }[Keyed]
