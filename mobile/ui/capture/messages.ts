// What the page and its film worker say to each other.

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
  | { type: 'spend'; spending: CaptureSpending }
  /** From a recorder in the page. */
  | { type: 'bytes'; data: Uint8Array; mime: string; capturedAtMs: number }
  | { type: 'gap'; lengthUs: number; reason: string }
  /** The camera is back: goes on in the same film. */
  | {
      type: 'resume'
      video: ReadableStream<VideoFrame> | null
      audio: ReadableStream<AudioData> | null
    }
  /** Ends the capture; `ended` comes when the engine has it all on its disk, or did not in time. */
  | { type: 'end' }

export type FromWorker =
  | { type: 'stats'; stats: CaptureStats }
  /** The engine ended the film. */
  | { type: 'over'; reason: string; code: string | null }
  /** The recorder in the page must begin anew: the engine knows nothing of what came before. */
  | { type: 'restart' }
  /** The encoder gave up; the page tries the next way. */
  | { type: 'failed'; message: string }
  | { type: 'ended'; allDurable: boolean }

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
