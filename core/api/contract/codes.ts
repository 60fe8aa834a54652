// The closed lists of codes that screens put into words. Each is a list of the engine's under the same
// names: the host does not compile where one of them lacks something.

/** 32 bytes as z32 text: 52 letters. */
export type Key = string
/** What this run of the engine calls something: no key, nothing to be kept. */
export type Handle = string

export type EndReason =
  'stopped' | 'rotated' | 'interrupted' | 'storage-full' | 'input-damaged' | 'input-ended'

export type StatusKind =
  | 'hidden'
  | 'shown'
  | 'camera-lost'
  | 'camera-back'
  | 'network-lost'
  | 'network-back'
  | 'battery-low'
  | 'storage-low'
  | 'locked'
  | 'unlocked'
  | 'sound-lost'
  | 'sound-back'
  /** By the page's clock, which is this device's. */
  | 'clock-changed'
  /** The encoder did not follow: some are missing. */
  | 'pictures-dropped'

export type TagKind = 'plate' | 'badge' | 'unit' | 'person' | 'place' | 'other'

export type AlarmKind =
  | 'fork-offer'
  | 'rival-history'
  | 'write-after-seal'
  | 'false-holding'
  | 'clock-off'
  | 'silence'
  | 'battery-low'
  | 'storage-low'
  | 'storage-damaged'
  | 'journal-flood'

/** `cut-off`: revoked. `unconfirmed`: let in by who was cut off, and nobody else knew of it in time. */
export type MemberState = 'active' | 'cut-off' | 'unconfirmed'

export type HistoryKind =
  | 'circle-created'
  | 'member-added'
  | 'member-revoked'
  | 'seconded'
  | 'reinstated'
  | 'role-changed'
  | 'own-device'
  | 'named'

/** What became of something that was said of who belongs. */
export type HistoryState = 'effective' | 'on-hold' | 'void'

/** Why a candidate was not let in. */
export type RefusalKind =
  | 'expired'
  | 'used'
  | 'refused'
  | 'full'
  | 'declined'
  | 'forged'
  | 'version'
  | 'powerless'
  | 'withdrawn'
  | 'on-hold'

/** Why a call failed: the engine's code (`STORAGE_FULL`, `NOT_ALLOWED`, …) and its English sentence. */
export interface Failure {
  /** One of `ErrorCode` in core/errors.ts, or `INTERNAL`. */
  code: string
  message: string
  /** Finer than the code: of INVITE_REFUSED a `RefusalKind`, or `impostor`. */
  detail?: string
}
