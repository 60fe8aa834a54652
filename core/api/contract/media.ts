// Media in and out. A frame is a small JSON header and bytes, as core/api/frames.ts packs it:
//
//   u32 LE header bytes | u32 LE body bytes | header, ASCII JSON | body
//
// One frame is one WebSocket message on the way in; on the way out frames stand one behind the other.
//
// In: WebSocket `/film/<filming>`. The bytes decide: init segments and fragments are parsed, and what the
// page says of times is not asked. A frame whose number is not the next one after those that came before is
// not taken, and the socket is closed: connect again, and go on with `nextSeq` of `ready`. Unanswered bytes are never more than `windowBytes` of `ready`: wait for
// answers, or lower the bitrate (`client.film().waitingBytes`).
//
// Out, by GET with the cookie and the header `x-temoin-key`, or with the ticket of `media.ticket`:
// - `/media/<recording>/init`              its init segment
// - `/media/<recording>/<from>-<to>`       media of blocks from..to (to left out), init not included
// - `/media/<recording>/still?at=<s>`      init and one key fragment near that moment: a thumbnail
// - `/media/<recording>/stream?at=<s>`     frames of `MediaFrame` from the key fragment at or before that
//                                          moment on, into the parts that follow, live until its end;
//                                          `at=live`: from the newest key fragment on
// - `/media/<recording>/file?at=<s>`       the same without frames, as one media file, for a player
// - `/export/<export>/<name>`             a file of an evidence package, by its name in the state

import type { EndReason, Failure, Key } from './codes.ts'

/** Headers of frames on their way in. `seq` counts up from 1 over all frames of the film. */
export type FilmFrame =
  /** An init segment: before the first fragment, and again where size or codec changes (a new part). */
  | { kind: 'init'; seq: number; mime?: string }
  /** One whole fragment of about 250 ms (moof and mdat). */
  | { kind: 'fragment'; seq: number; capturedAtMs?: number }
  /**
   * Bytes as a MediaRecorder gives them, cut anywhere: init and fragments are found in them. They are durable
   * when they are in a fragment that is, which may be a few frames later.
   * `head`: a recorder began anew here, whatever came before.
   */
  | { kind: 'bytes'; seq: number; mime?: string; capturedAtMs?: number; head?: true }
  /** The recorder has ended: what is there of its bytes is a fragment; no body. */
  | { kind: 'end'; seq: number }
  /** Media time that was not captured; no body. */
  | { kind: 'gap'; seq: number; fromUs: number; toUs: number; reason: string }

/** Text messages back. */
export type FilmAnswer =
  | { kind: 'ready'; windowBytes: number; nextSeq: number }
  /** Everything up to `seq` is in the film, durably on this device's disk. */
  | { kind: 'durable'; seq: number; seconds: number }
  /** A part has begun, or had before this connection: said before anything of it is `durable`. */
  | { kind: 'part'; recording: Key }
  /** Over: by `film.stop`, a full disk, or media that is none. Nothing more is taken. */
  | { kind: 'over'; reason: EndReason; failure: Failure | null }

/** Headers of frames on their way out. */
export type MediaFrame =
  /** Before the first fragment of each part whose init differs from the one before. */
  | { kind: 'init'; recording: Key; mime: string }
  /** `at`: seconds from the start of the film; `ptsUs`: as in the media. */
  | {
      kind: 'fragment'
      recording: Key
      index: number
      ptsUs: number
      durationUs: number
      key: boolean
      /** More of the fragment before it, which was too large for one block. */
      continued: boolean
      at: number
    }
  /** Something is missing here (said by its author, or it did not open): the next fragment is a key. */
  | { kind: 'gap'; recording: Key; at: number; reason: string }
  /** Caught up with what is here; more will come. */
  | { kind: 'edge'; recording: Key; at: number }
  /** Nothing more will come. */
  | { kind: 'end'; recording: Key; reason: EndReason | null }

/** Told apart from an error by its code, with status 4xx or 5xx, as JSON. */
export type MediaFailure = Failure
