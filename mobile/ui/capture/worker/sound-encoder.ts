// The microphone's sound, as Opus: the encoder of one track, made when it first gives something and tells
// what it is. What it has not given yet when the track is gone is left out: it counts from another zero.

import type { AudioTrack, Sample } from '../../fmp4/tracks.ts'
import { bytesOf, sampleOf } from './chunks.ts'

const BITS_PER_SECOND = 48_000
/** Opus, unless it says otherwise. */
const USUAL_US = 20_000

export interface SoundHandlers {
  /** `ptsUs` is the track's own. */
  onSample: (sample: Sample, track: AudioTrack) => void
  onFailed: (err: unknown) => void
}

export class SoundEncoder {
  readonly #handlers: SoundHandlers
  #encoder: AudioEncoder | null = null

  constructor(handlers: SoundHandlers) {
    this.#handlers = handlers
  }

  take(data: AudioData): void {
    this.#encoder ??= this.#open(data)
    if (this.#encoder.state === 'configured') this.#encoder.encode(data)
    data.close()
  }

  async flush(): Promise<void> {
    if (this.#encoder?.state === 'configured') await this.#encoder.flush()
  }

  close(): void {
    if (this.#encoder !== null && this.#encoder.state !== 'closed') this.#encoder.close()
    this.#encoder = null
  }

  #open({ numberOfChannels, sampleRate }: AudioData): AudioEncoder {
    const known = { kind: 'audio', codec: 'opus', channels: numberOfChannels, sampleRate } as const
    const encoder = new AudioEncoder({
      output: (chunk, meta) => {
        const description = bytesOf(meta?.decoderConfig?.description)
        this.#handlers.onSample(sampleOf('audio', chunk, USUAL_US), { ...known, description })
      },
      error: this.#handlers.onFailed
    })
    const bitrate = BITS_PER_SECOND
    encoder.configure({ codec: 'opus', numberOfChannels, sampleRate, bitrate })
    return encoder
  }
}
