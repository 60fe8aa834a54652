// The camera's frames and the microphone's sound, encoded and cut into fragments: the source of a film
// where the browser can (WebCodecs). Lives in the worker. Drops pictures, counted, where the encoder does
// not follow; never sound.

import { fragment } from '../../fmp4/fragment.ts'
import { Grouper, type Group } from '../../fmp4/grouper.ts'
import { initSegment } from '../../fmp4/init.ts'
import type { AudioTrack, Sample, Track, VideoTrack } from '../../fmp4/tracks.ts'
import type { CaptureHandlers, CaptureSource, CaptureSpending } from '../source.ts'
import { bytesOf, isSameTrack, sampleOf } from './chunks.ts'
import { pump } from '../../state/film/capture/pump.ts'
import { SoundEncoder } from './sound-encoder.ts'
import { TrackClock } from './track-clock.ts'

/** So long without a picture is a gap; even a slow camera in the dark gives one in a fifth of it. */
const HOLE_US = 1_000_000
const KEY_EVERY_US = 1_000_000
/** Pictures in the encoder above which the next one is dropped. */
const MAX_IN_ENCODER = 6

export interface EncoderOptions {
  video: ReadableStream<VideoFrame> | null
  audio: ReadableStream<AudioData> | null
  spending: CaptureSpending
  videoCodec: string
  onFailed: (message: string) => void
}

export class Encoder implements CaptureSource {
  pictures = 0
  dropped = 0
  /** End of what was given out, on the film's own clock. */
  endUs = 0
  /** Why nothing comes, as far as the page knows: said with the gap that is found. */
  because: string | null = null
  readonly #options: EncoderOptions
  readonly #grouper: Grouper
  readonly #clock = new TrackClock()
  #handlers: CaptureHandlers | null = null
  #spending: CaptureSpending
  #videoEncoder: VideoEncoder | null = null
  readonly #sound = new SoundEncoder({
    onSample: (sample, track) => {
      this.#audio ??= track
      this.#take({ ...sample, ptsUs: this.#clock.of('audio', sample.ptsUs) })
    },
    onFailed: (err) => this.#fail(err)
  })
  #video: VideoTrack | null = null
  #audio: AudioTrack | null = null
  #tracks: Track[] = []
  #held: Sample[] = []
  #sequence = 0
  #lastKeyUs = -Infinity
  #lastTakenUs = -Infinity
  #size = ''
  #failed = false
  #lastArrivedUs: number | null = null
  #changing: Promise<void> | null = null
  #stops: (() => void)[] = []

  constructor(options: EncoderOptions) {
    this.#options = options
    this.#spending = options.spending
    this.#grouper = new Grouper({ video: options.video !== null })
  }

  start(handlers: CaptureHandlers): Promise<void> {
    this.#handlers = handlers
    this.attach(this.#options.video, this.#options.audio)
    return Promise.resolve()
  }

  /** Takes these from now on: at the start, and when a camera that was lost is back. */
  attach(video: ReadableStream<VideoFrame> | null, audio: ReadableStream<AudioData> | null): void {
    this.#detach()
    this.#sound.close()
    this.#clock.again()
    this.#lastKeyUs = -Infinity
    const onFailed = this.#fail
    const onFrame = (frame: VideoFrame): void => this.#onFrame(frame)
    const onSound = (data: AudioData): void => this.#onSound(data)
    if (video) this.#stops.push(pump<VideoFrame>(video, { take: onFrame, onFailed }))
    if (audio) this.#stops.push(pump<AudioData>(audio, { take: onSound, onFailed }))
  }

  /** Media time of what happens at this moment. */
  get nowUs(): number {
    return this.#clock.nowUs
  }

  /** Only the bitrate and the pace change: the init segment stays. */
  spend(spending: CaptureSpending): void {
    const isSame = spending.bitsPerSecond === this.#spending.bitsPerSecond
    this.#spending = spending
    if (isSame || this.#videoEncoder?.state !== 'configured') return
    const [width, height] = this.#size.split('x').map(Number)
    this.#videoEncoder.configure(this.#videoConfig(width!, height!))
    this.#lastKeyUs = -Infinity
  }

  async stop(): Promise<void> {
    this.#detach()
    this.#arrived(this.nowUs)
    await this.#changing
    await this.#flush()
    if (this.#videoEncoder && this.#videoEncoder.state !== 'closed') this.#videoEncoder.close()
    this.#sound.close()
  }

  #detach(): void {
    for (const stop of this.#stops) stop()
    this.#stops = []
  }

  /** By what came, not by what the page was told: a system that cuts a camera need not say so. */
  #arrived(atUs: number): void {
    const lastUs = this.#lastArrivedUs
    this.#lastArrivedUs = atUs
    if (lastUs === null || atUs - lastUs < HOLE_US) return
    this.#give(this.#grouper.flush())
    this.#handlers!.onGap(lastUs, atUs, this.because ?? 'no-pictures')
    this.because = null
  }

  #onFrame(frame: VideoFrame): void {
    const atUs = this.#clock.of('video', frame.timestamp)
    this.#arrived(atUs)
    if (this.#isTooSoon(atUs)) return frame.close()
    const size = `${frame.displayWidth & ~1}x${frame.displayHeight & ~1}`
    if (this.#changing !== null || (size !== this.#size && !this.#open(size)))
      return this.#drop(frame)
    const encoder = this.#videoEncoder!
    if (encoder.state !== 'configured') return frame.close()
    if (encoder.encodeQueueSize > MAX_IN_ENCODER) return this.#drop(frame)
    const keyFrame = atUs - this.#lastKeyUs >= KEY_EVERY_US - 10_000
    if (keyFrame) this.#lastKeyUs = atUs
    const timed = new VideoFrame(frame, { timestamp: atUs })
    frame.close()
    encoder.encode(timed, { keyFrame })
    timed.close()
    this.pictures++
  }

  /** A slower pace is kept by leaving out pictures, each of which was a tenth of a frame early at least. */
  #isTooSoon(atUs: number): boolean {
    const apartUs = 1_000_000 / this.#spending.framesPerSecond
    if (atUs - this.#lastTakenUs < apartUs * 0.9 && this.#spending.framesPerSecond < 30) return true
    this.#lastTakenUs = atUs
    return false
  }

  #drop(frame: VideoFrame): void {
    frame.close()
    this.dropped++
  }

  /** An encoder for this size: at once for the first, after what is under way for another. */
  #open(size: string): boolean {
    const isFirst = this.#videoEncoder === null
    if (isFirst) {
      this.#configureVideo(size)
      return true
    }
    this.#changing = this.#flush().then(() => {
      this.#video = null
      this.#tracks = []
      this.#configureVideo(size)
      this.#lastKeyUs = -Infinity
      this.#changing = null
    }, this.#fail)
    return false
  }

  #configureVideo(size: string): void {
    this.#size = size
    const [width, height] = size.split('x').map(Number)
    this.#videoEncoder ??= new VideoEncoder({
      output: (chunk, meta) => this.#onVideo(chunk, meta),
      error: this.#fail
    })
    this.#videoEncoder.configure(this.#videoConfig(width!, height!))
  }

  #videoConfig(width: number, height: number): VideoEncoderConfig {
    const { bitsPerSecond, framesPerSecond } = this.#spending
    const codec = this.#options.videoCodec
    const avc = codec.startsWith('avc1') ? { avc: { format: 'avc' as const } } : {}
    const pace = {
      bitrate: bitsPerSecond,
      framerate: framesPerSecond,
      latencyMode: 'realtime' as const
    }
    return { codec, width, height, ...pace, ...avc }
  }

  #onVideo(chunk: EncodedVideoChunk, meta?: EncodedVideoChunkMetadata): void {
    const config = meta?.decoderConfig
    if (config) this.#learnVideo(config)
    this.#take(sampleOf('video', chunk, 1_000_000 / this.#spending.framesPerSecond))
  }

  #learnVideo(config: VideoDecoderConfig): void {
    const [width, height] = this.#size.split('x').map(Number)
    const { codec, description } = config
    const track: VideoTrack = {
      kind: 'video',
      codec,
      width: width!,
      height: height!,
      description: bytesOf(description)
    }
    if (this.#video !== null && isSameTrack(this.#video, track)) return
    if (this.#tracks.length > 0) this.#give(this.#grouper.flush())
    this.#video = track
    this.#tracks = []
  }

  #onSound(data: AudioData): void {
    if (this.#options.video === null) this.#arrived(this.nowUs)
    this.#sound.take(data)
  }

  /** Nothing goes out before every track is known: their init segment is one. */
  #take(sample: Sample): void {
    this.#held.push(sample)
    if (this.#tracks.length === 0 && !this.#begin()) return
    for (const each of this.#held.splice(0)) this.#give(this.#grouper.push(each))
  }

  #begin(): boolean {
    const wantsVideo = this.#options.video !== null
    const wantsAudio = this.#options.audio !== null
    if ((wantsVideo && !this.#video) || (wantsAudio && !this.#audio && !this.#isSilent()))
      return false
    this.#tracks = [this.#video, this.#audio].filter((track) => track !== null)
    const codecs = this.#tracks.map(({ codec }) => codec).join(',')
    const type = this.#video ? 'video' : 'audio'
    this.#handlers!.onInit(initSegment(this.#tracks), `${type}/mp4; codecs="${codecs}"`)
    return true
  }

  /** A microphone that gives nothing for a third of a second does not hold the picture up. */
  #isSilent(): boolean {
    const [first, last] = [this.#held[0], this.#held.at(-1)]
    return first !== undefined && last!.ptsUs - first.ptsUs > 300_000
  }

  #give(group: Group | null): void {
    if (group === null || this.#tracks.length === 0) return
    const samples = group.samples.filter(({ kind }) =>
      this.#tracks.some((track) => track.kind === kind)
    )
    if (samples.length === 0) return
    const data = fragment(this.#tracks, samples, ++this.#sequence)
    const { key, startUs, endUs } = group
    this.endUs = Math.max(this.endUs, endUs)
    const capturedAtMs = this.#clock.wallMs(startUs)
    this.#handlers!.onFragment({ data, key, startUs, endUs, capturedAtMs })
  }

  async #flush(): Promise<void> {
    if (this.#videoEncoder?.state === 'configured') await this.#videoEncoder.flush()
    await this.#sound.flush()
    this.#give(this.#grouper.flush())
  }

  readonly #fail = (err: unknown): void => {
    if (this.#failed) return
    this.#failed = true
    this.#detach()
    this.#options.onFailed(String(err))
  }
}
