// The camera's pictures and sounds on their way into the worker: by the best way that this browser has, the
// next one where that fails. One hub for each film; its worker is there before the tap.

import type { FromWorker, ToWorker } from './messages.ts'
import { Recorder } from './recorder.ts'
import type { CaptureHandlers, CaptureSpending } from './source.ts'
import { startFilmWorker } from './start-worker.ts'
import { waysToCapture, type Size, type Way } from './support.ts'

export class CaptureHub {
  onMessage: (message: FromWorker) => void = () => {}
  readonly #worker = startFilmWorker()
  #stream: MediaStream | null = null
  #spending: CaptureSpending
  #ways: Way[] = []
  #recorder: Recorder | null = null
  #clones: MediaStreamTrack[] = []
  #begun = false

  constructor(spending: CaptureSpending) {
    this.#spending = spending
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data)
  }

  /** What films: decided before the tap, where there is time. */
  get way(): Way | null {
    return this.#ways[0] ?? null
  }

  /**
   * Makes ready to film from this stream.
   * @param ringMs how much before the tap is held in memory; 0 for nothing, and then nothing is encoded yet
   * @throws where this browser can capture in no way
   */
  async prepare(stream: MediaStream, ringMs: number): Promise<void> {
    this.#stream = stream
    this.#ways = await waysToCapture(sizeOf(stream))
    if (this.#ways.length === 0) throw new Error('This browser cannot capture')
    if (ringMs > 0 && this.way?.kind === 'encoder' && !this.#begun) this.#encode(ringMs)
  }

  /** The tap. */
  begin(): void {
    this.#begun = true
    if (this.way?.kind === 'recorder') this.#record()
    else if (this.#clones.length === 0) this.#encode(0)
    this.#post({ type: 'begin' })
  }

  film(url: string, key: string): void {
    this.#post({ type: 'film', url, key })
  }

  spend(spending: CaptureSpending): void {
    this.#spending = spending
    this.#post({ type: 'spend', spending })
  }

  /** Goes on with another stream after `lengthUs` of nothing. */
  resume(stream: MediaStream, lengthUs: number, reason: string): void {
    this.#stream = stream
    this.gap(lengthUs, reason)
    if (this.#recorder !== null) void this.#recordAgain()
    else {
      const { video, audio } = this.#streams()
      this.#post({ type: 'resume', video, audio }, transferable(video, audio))
    }
  }

  gap(lengthUs: number, reason: string): void {
    this.#post({ type: 'gap', lengthUs, reason })
  }

  /** `ended` comes when the engine has all of it. */
  async end(): Promise<void> {
    await this.#recorder?.stop()
    this.#post({ type: 'end' })
  }

  close(): void {
    for (const track of this.#clones) track.stop()
    this.#clones = []
    this.#worker.terminate()
  }

  #encode(ringMs: number): void {
    const way = this.way as Way & { kind: 'encoder' }
    const { video, audio } = this.#streams()
    const { videoCodec } = way
    const message: ToWorker = {
      type: 'capture',
      video,
      audio,
      spending: this.#spending,
      videoCodec,
      ringMs
    }
    this.#post(message, transferable(video, audio))
  }

  /** Of clones: the viewfinder goes on with the stream itself. */
  #streams(): {
    video: ReadableStream<VideoFrame> | null
    audio: ReadableStream<AudioData> | null
  } {
    for (const track of this.#clones) track.stop()
    this.#clones = this.#stream!.getTracks().map((track) => track.clone())
    const of = (kind: string): MediaStreamTrack | undefined =>
      this.#clones.find((track) => track.kind === kind)
    return { video: readable<VideoFrame>(of('video')), audio: readable<AudioData>(of('audio')) }
  }

  #record(): void {
    const way = this.way as Way & { kind: 'recorder' }
    const recorder = (this.#recorder = new Recorder(
      this.#stream!,
      way,
      this.#spending.bitsPerSecond
    ))
    const failed = (err: unknown): void => {
      if (recorder !== this.#recorder) return
      this.#recorder = null
      this.#receive({ type: 'failed', message: String(err) })
    }
    recorder.onFailed = failed
    const handlers: CaptureHandlers = {
      onInit: () => {},
      onFragment: () => {},
      onGap: () => {},
      onBytes: (data, mime, capturedAtMs) =>
        this.#post({ type: 'bytes', data, mime, capturedAtMs }, [data.buffer])
    }
    recorder.start(handlers).catch(failed)
  }

  async #recordAgain(): Promise<void> {
    await this.#recorder?.stop()
    this.#record()
  }

  #receive(message: FromWorker): void {
    if (message.type === 'restart' && this.#recorder !== null) void this.#recordAgain()
    if (message.type === 'failed' && this.#ways.length > 1) return this.#fallBack()
    this.onMessage(message)
  }

  /** An encoder that was promised and did not work. */
  #fallBack(): void {
    this.#ways.shift()
    if (!this.#begun) return
    if (this.way!.kind === 'recorder') this.#record()
    else this.#encode(0)
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}

function sizeOf(stream: MediaStream): Size | null {
  const [video] = stream.getVideoTracks()
  if (video === undefined) return null
  const { width = 1280, height = 720 } = video.getSettings()
  return { width, height }
}

function readable<Data>(track: MediaStreamTrack | undefined): ReadableStream<Data> | null {
  return track ? new MediaStreamTrackProcessor<Data>({ track }).readable : null
}

function transferable(...streams: (ReadableStream | null)[]): Transferable[] {
  return streams.filter((stream) => stream !== null)
}
