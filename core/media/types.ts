// What the splitter hands to a recorder, and its limits. Types and numbers only.

export interface MediaDescription {
  /** Container type, with codecs where they could be told: `video/mp4; codecs="avc1.42c01e,opus"`. */
  mime: string
  container: 'mp4' | 'webm'
}

/** A piece of media cut at a boundary of its container: what one recording entry carries. */
export interface MediaFragment {
  /** The bytes as they came in, its own copy. */
  data: Uint8Array
  /** Start of presentation of the main track (video, else the first track), edit lists ignored. */
  ptsUs: number
  /**
   * How much of the main track it carries, 0 where it has none of it (audio in a `moof` of its own,
   * an index at the end). In WebM the length of the last frame is an estimate: it is written nowhere.
   */
  durationUs: number
  /** A player that has the init can start here. */
  key: boolean
}

export type MediaItem =
  | { kind: 'init'; description: MediaDescription; data: Uint8Array }
  | { kind: 'fragment'; fragment: MediaFragment }

/** Fragments shorter than this are gathered until they come nearest to it. */
export const FRAGMENT_MS = 250

/** A fragment that claims more than this is damage: nothing larger is ever held in memory. */
export const MAX_WHOLE_FRAGMENT_BYTES = 16 * 1024 * 1024
