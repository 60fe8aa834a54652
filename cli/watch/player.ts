// Plays one recording to stdout, block by block, as far as it is here and on as it arrives.
// Must never: let a player see a fragment twice, or out of order.

import { Playback } from '../../core/device/playback.ts'
import type { Played } from '../../core/device/playback.ts'
import type { RecordingFacts } from '../../core/device/facts/recordings.ts'
import type { Replica } from '../../core/replica/replica.ts'
import type { Output } from '../output/output.ts'
import { timeText } from '../output/units.ts'
import type { Stop } from '../stop.ts'

/** Block 0 is looked at for a key of ours as soon as it is here. */
const FIRST_LOOK_MS = 2000

export interface PlayerOptions {
  facts: RecordingFacts
  out: Output
  stop: Stop
}

export class Player {
  readonly #replica: Replica
  readonly #playback: Playback
  readonly #out: Output
  readonly #stop: Stop

  constructor({ facts, out, stop }: PlayerOptions) {
    this.#replica = facts.replica
    this.#playback = new Playback(facts.replica)
    this.#out = out
    this.#stop = stop
  }

  /** @throws TemoinError NOT_READABLE; BAD_STATE where no block has come in time */
  async open(waitMs: number): Promise<void> {
    const replica = this.#replica
    if (replica.length === 0) {
      await this.#stop.until(() => replica.length > 0, waitMs)
      await this.#stop.until(() => replica.reader !== null, FIRST_LOOK_MS)
    }
    await this.#playback.open()
  }

  get init(): Uint8Array {
    return this.#playback.init
  }

  /** Until the recording ends, or somebody wants to stop. */
  async play(fromSeconds: number): Promise<void> {
    const onStop = (): void => this.#playback.stop()
    this.#stop.on(onStop)
    try {
      const start = await this.#playback.startAt(fromSeconds)
      for await (const played of this.#playback.from(start)) await this.#show(played)
    } finally {
      this.#stop.off(onStop)
      await this.#playback.close()
    }
  }

  async #show(played: Played): Promise<void> {
    const { timeline, seconds } = this.#replica
    if (played.kind === 'edge')
      return this.#out.progress(`${timeText(seconds ?? 0)} played; waiting for more`)
    if (played.kind === 'closed')
      return this.#out.note(`Block ${played.index} does not open: it is left out`)
    if (played.entry.kind !== 'fragment') return
    await this.#out.media(played.entry.body.data)
    this.#out.progress(`${timeText(timeline.secondsAt(played.index + 1))} played`)
  }
}
