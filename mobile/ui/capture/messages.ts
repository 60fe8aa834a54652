// What the page and its film worker say to each other.

import type { Key } from '../../../core/api/contract.ts'
import type { CaptureSpending } from './source.ts'

export type ToWorker =
  /** Encode from now on; what comes is held back (`ringMs` of it) until `begin`. */
  | {
      type: 'capture'
      video: ReadableStream<VideoFrame> | null
      audio: ReadableStream<AudioData> | null
      spending: CaptureSpending
      videoCodec: string
      ringMs: number
    }
  /** The tap: everything from here on goes to the engine. */
  | { type: 'begin' }
  /** The film of the engine to send to; again where the engine gave it another name. */
  | { type: 'film'; url: string; key: string }
  /** The engine has shown that it is ours: the way to the film, which was cut, is opened with this. */
  | { type: 'key'; key: string }
  | { type: 'spend'; spending: CaptureSpending }
  /** From a recorder in the page; `head`: the first of it since it began anew. */
  | { type: 'bytes'; data: Uint8Array; mime: string; capturedAtMs: number; head: boolean }
  /** Of a recorder; an encoder finds its own. */
  | { type: 'gap'; lengthUs: number; reason: string }
  /** Why nothing may come now, for the gap that an encoder finds; null where it may again. */
  | { type: 'because'; reason: string | null }
  /** The camera is back: goes on in the same film. */
  | {
      type: 'resume'
      video: ReadableStream<VideoFrame> | null
      audio: ReadableStream<AudioData> | null
    }
  /** Ends the capture; `ended` comes when the engine has it all on its disk, however long that takes. */
  | { type: 'end' }
  /** Somebody has decided that what the engine has not is not to be waited for: `ended` comes at once. */
  | { type: 'give-up' }

export type FromWorker =
  | { type: 'stats'; stats: CaptureStats }
  /** The engine ended the film. */
  | { type: 'over'; reason: string; code: string | null }
  /** The engine has media of it durably, in the film that it calls so: said once for each film of the engine. */
  | { type: 'held'; recording: Key }
  /** The way to the film was cut: who has the port now is for the page to find out. */
  | { type: 'cut' }
  /** The recorder in the page must begin anew: what comes now could be read by nobody. */
  | { type: 'restart' }
  /** The encoder gave up; the page tries the next way. */
  | { type: 'failed'; message: string }
  /** Nothing more is captured; what the engine has not yet is handed on from memory. */
  | { type: 'captured' }
  | { type: 'ended' }

export interface CaptureStats {
  /** Media time captured since the tap. */
  seconds: number
  /** Held in memory before the tap. */
  ringSeconds: number
  /** Pictures taken, else pieces given out: where it no longer grows, camera or worker has stopped. */
  pieces: number
  pictures: number
  /** Pictures the encoder had no time for. */
  dropped: number
  waitingBytes: number
  /** Media time that the engine's disk has not yet. */
  waitingSeconds: number
  droppedUs: number
}
