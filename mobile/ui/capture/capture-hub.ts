// The camera's pictures and sounds on their way into the worker: by the best way that this browser has, the
// next one where that fails. One hub for each film; its worker is there before the tap.

import type { FromWorker, ToWorker } from './messages.ts'
import { Recorder } from './recorder.ts'
import type { CaptureHandlers, CaptureSpending } from './source.ts'
import { startFilmWorker } from './start-worker.ts'
import { waysToCapture, type Size, type Way } from './device/support.ts'

const RETRY_MS = 1000

export class CaptureHub {
  onMessage: (message: FromWorker) => void = () => {}
  readonly #worker = startFilmWorker()
  #stream: MediaStream | null = null
  #spending: CaptureSpending
  #ways: Way[] = []
  #recorder: Recorder | null = null
  #clones: MediaStreamTrack[] = []
  #begun = false
  #ended = false
  /** Recorders follow one another: the bytes of two would mix. */
  #recording: Promise<void> = Promise.resolve()

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

  /** The way to the film that was cut is opened again with this. */
  renew(key: string): void {
    this.#post({ type: 'key', key })
  }

  spend(spending: CaptureSpending): void {
    this.#spending = spending
    this.#post({ type: 'spend', spending })
  }

  /** Goes on with another stream, after `lengthUs` of nothing where it is the picture that was away. */
  resume(stream: MediaStream, lengthUs = 0, reason = ''): void {
    this.#stream = stream
    if (this.#recorder !== null) this.#recordAgain(() => this.gap(lengthUs, reason))
    else {
      const { video, audio } = this.#streams()
      this.#post({ type: 'resume', video, audio }, transferable(video, audio))
    }
  }

  /** That much of nothing has just ended; an encoder has seen that by itself. */
  gap(lengthUs: number, reason: string): void {
    if (this.#recorder !== null && lengthUs > 0) this.#post({ type: 'gap', lengthUs, reason })
  }

  /** Why nothing may come now; null where it may again. */
  because(reason: string | null): void {
    this.#post({ type: 'because', reason })
  }

  /** `captured` comes when nothing more is, `ended` when the engine has all of it. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#recording
    await this.#recorder?.stop()
    this.#post({ type: 'end' })
  }

  /** What the engine has not is not waited for any longer. */
  giveUp(): void {
    this.#post({ type: 'give-up' })
  }

  /** Camera and microphone are no longer ours; what was captured is still handed on. */
  release(): void {
    for (const track of this.#clones) track.stop()
    this.#clones = []
  }

  close(): void {
    this.release()
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
      onBytes: (bytes) => this.#post({ type: 'bytes', ...bytes }, [bytes.data.buffer])
    }
    recorder.start(handlers).catch(failed)
  }

  /** @param between called when all of the first is given, and nothing of the next */
  #recordAgain(between: () => void = () => {}): void {
    this.#recording = this.#recording.then(async () => {
      await this.#recorder?.stop()
      between()
      if (!this.#ended) this.#record()
    })
  }

  /** No way works: perhaps one does in a moment. */
  async #tryAgain(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    if (this.#ended) return
    this.#ways = await waysToCapture(sizeOf(this.#stream!))
    this.#capture()
  }

  #capture(): void {
    if (this.way?.kind === 'recorder') this.#record()
    else this.#encode(0)
  }

  #receive(message: FromWorker): void {
    if (message.type === 'restart' && this.#recorder !== null) this.#recordAgain()
    if (message.type === 'failed' && this.#ways.length > 1) return this.#fallBack()
    if (message.type === 'failed' && this.#begun) void this.#tryAgain()
    this.onMessage(message)
  }

  /** An encoder that was promised and did not work. */
  #fallBack(): void {
    this.#ways.shift()
    this.release()
    if (this.#begun && !this.#ended) this.#capture()
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
