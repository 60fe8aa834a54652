// Where a film comes from: the page's own camera today, a native module later. A source captures and cuts;
// it knows neither engine nor screen.

/** One piece of a film, as the engine takes it. */
export interface Piece {
  data: Uint8Array
  key: boolean
  startUs: number
  endUs: number
  /** Wall clock of its first picture. */
  capturedAtMs: number
}

export interface Bytes {
  data: Uint8Array
  mime: string
  capturedAtMs: number
  /** The first since the source began: without them those that follow cannot be read. */
  head: boolean
}

export interface CaptureHandlers {
  /** Before the first fragment, and where size or codec changes. */
  onInit(data: Uint8Array, mime: string): void
  /** A whole fragment (moof and mdat). */
  onFragment(piece: Piece): void
  /** Bytes as they come, init and fragments cut anywhere: from a source that cannot cut. */
  onBytes(bytes: Bytes): void
  /** Media time that was not captured. */
  onGap(fromUs: number, toUs: number, reason: string): void
}

export interface CaptureSource {
  start(handlers: CaptureHandlers): Promise<void>
  /** Ends: everything captured so far has been given out when it resolves. */
  stop(): Promise<void>
}

export interface CaptureSpending {
  bitsPerSecond: number
  framesPerSecond: number
}
