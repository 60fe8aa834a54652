// The browser's own recorder, where it cannot encode piece by piece: bytes cut anywhere, which the engine
// takes apart. Runs in the page, since workers have no recorder.

import type { CaptureHandlers, CaptureSource } from './source.ts'
import type { Way } from './device/support.ts'

const PIECE_MS = 250

export class Recorder implements CaptureSource {
  readonly #stream: MediaStream
  readonly #way: Way & { kind: 'recorder' }
  readonly #bitsPerSecond: number
  onFailed: (message: string) => void = () => {}
  #recorder: MediaRecorder | null = null
  /** Blobs are read one behind the other: their order is the film. */
  #reading: Promise<void> = Promise.resolve()

  constructor(stream: MediaStream, way: Way & { kind: 'recorder' }, bitsPerSecond: number) {
    this.#stream = stream
    this.#way = way
    this.#bitsPerSecond = bitsPerSecond
  }

  async start(handlers: CaptureHandlers): Promise<void> {
    const { mime, keyEveryMs } = this.#way
    const recorder = new MediaRecorder(this.#stream, {
      mimeType: mime,
      videoBitsPerSecond: this.#bitsPerSecond,
      ...(keyEveryMs === null ? {} : { videoKeyFrameIntervalDuration: keyEveryMs })
    })
    let head = true
    recorder.ondataavailable = ({ data: blob }) => {
      const capturedAtMs = Date.now()
      this.#reading = this.#reading.then(async () => {
        const data = new Uint8Array(await blob.arrayBuffer())
        if (data.byteLength === 0) return
        handlers.onBytes({ data, mime: recorder.mimeType, capturedAtMs, head })
        head = false
      })
    }
    recorder.onerror = (event) => this.onFailed(String(event.type))
    recorder.start(PIECE_MS)
    this.#recorder = recorder
  }

  async stop(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = null
    if (recorder !== null && recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => (recorder.onstop = resolve))
      recorder.stop()
      await stopped
    }
    await this.#reading
  }
}
