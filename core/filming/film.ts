// A film from the first frame to the last: takes what the camera or a file gives, starts a fresh part
// every few minutes at a key frame, and ends with a reason. The author's end of the engine.
// Must never: keep a secret after the end, or call a frame safe; holders do that.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import { longestKnown } from '../circle/remembered/known-members.ts'
import type { Roster } from '../circle/roster.ts'
import type { SealReason } from '../encoding/recording/entry.ts'
import { TemoinError, systemCode } from '../errors.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { MAX_MEMBERS, ROTATE_AFTER_MS } from '../limits.ts'
import type { MediaDescription, MediaFragment } from '../media/types.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Replica } from '../replica/replica.ts'
import type { Clock } from '../runtime/clock.ts'
import type { BoxKey, RecordingKey } from '../types/keys.ts'
import { Part } from './part.ts'
import type { Aside, Surroundings } from './part.ts'

/** Things said before there is a part to say them in. */
const MAX_HELD = 64
/** Blocks on their way to our own disk above which a fast input is made to wait. */
const MAX_WAITING = 32

export interface FilmEvents {
  /** A part has begun: the first, or the next after a rotation. */
  part: [Replica]
  /** Our own disk did not take the seal; the holders who follow have it all the same. */
  trouble: [unknown]
  /** It is over. */
  close: []
}

export interface FilmOptions {
  exchange: Exchange
  keys: DeviceKeys
  clock: Clock
  build: string
  /** Keep a key for this device, so that it can open what it filmed. @default false */
  keepReadable?: boolean
  /** @default ROTATE_AFTER_MS */
  rotateAfterMs?: number
  /** Members it is uploaded to; the others have it from them. @default FIRST_HOPS */
  firstHops?: number
  /** Media held in memory before the start was pressed, ms: said in the first part. @default 0 */
  preEventMs?: number
  /** The recording this film goes on from, where one was interrupted. */
  previous: RecordingKey | null
}

export class Film extends ReadyResource<FilmEvents> {
  readonly parts: Replica[] = []
  /** Where it is and what power it has, as far as that is to be said: in each checkpoint from here on. */
  surroundings: Surroundings = { place: null, batteryPercent: null }
  readonly #options: FilmOptions
  #media: { description: MediaDescription; init: Uint8Array } | null = null
  #part: Part | null = null
  #queue: Promise<void> = Promise.resolve()
  #reason: SealReason = 'interrupted'
  /** The one that the readers of the part were last compared with. */
  #roster: Roster | null = null
  /** Said before the first part. */
  readonly #held: Aside[] = []

  constructor(options: FilmOptions) {
    super()
    this.#options = options
  }

  /** Seals what is open. */
  protected override async _close(): Promise<void> {
    await this.#queue.catch(() => {})
    const part = this.#part
    this.#part = null
    if (part === null) return
    await part.seal(this.#reason).catch((err: unknown) => {
      part.abandon()
      this.emit('trouble', err)
    })
  }

  /** Seconds of media filmed so far. */
  get seconds(): number {
    return this.parts.reduce((sum, part) => sum + part.timeline.secondsAt(Infinity), 0)
  }

  /** The media's description and init segment: begins the first part, or a new one where it changed. */
  begin(description: MediaDescription, init: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#part) await this.#endPart('rotated')
      this.#media = { description, init }
      await this.#startPart()
    })
  }

  /**
   * One fragment, whole. Resolves at once, or when the disk has caught up with a fast input.
   * @throws STORAGE_FULL once our own disk has refused a block: a follower that falls behind could
   * never fetch what is not on it, so the film should end here, and say why
   */
  fragment(fragment: MediaFragment): Promise<void> {
    return this.#inTurn(async () => {
      if ((fragment.key && this.#isDue()) || this.#isOpenToOthers()) await this.#rotate()
      const part = this.#part
      if (part === null) throw new TemoinError('BAD_STATE', 'Media came before its init segment')
      part.fragment(fragment)
      if (part.waiting > MAX_WAITING) await part.written()
      if (part.failure !== null) throw part.failure
    })
  }

  /**
   * Something that belongs in the film at this moment; where that is before its first init segment, it stands
   * first in it.
   */
  say(aside: Aside): Promise<void> {
    return this.#inTurn(() => {
      if (this.#part !== null) this.#part.add(aside)
      else if (this.#held.length < MAX_HELD) this.#held.push(aside)
      else throw new TemoinError('BAD_STATE', 'This film has not begun yet: send its init segment')
      return Promise.resolve()
    })
  }

  /** Resolves when all that was taken before is on our own disk, durably. @throws STORAGE_FULL */
  async durable(): Promise<void> {
    try {
      await this.#queue
      await this.#part?.written()
      await this.#options.exchange.durable()
    } catch (err) {
      throw asFilmError(err)
    }
  }

  /** Ends the film; resolves when our own disk has the seal. */
  async stop(reason: SealReason): Promise<void> {
    this.#reason = reason
    await this.close()
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.closing) {
      return Promise.reject(new TemoinError('BAD_STATE', 'This film is over: start another one'))
    }
    const done = this.#queue.then(work).catch((err: unknown) => {
      throw asFilmError(err)
    })
    this.#queue = done.catch(() => {})
    return done
  }

  #isDue(): boolean {
    const { rotateAfterMs = ROTATE_AFTER_MS } = this.#options
    return this.#part !== null && this.#part.ageMs >= rotateAfterMs
  }

  /**
   * Somebody was revoked since this part began, and has a key that opens all that would still come in
   * it. The next begins at once, key frame or not: a player needs the part before for its first pictures.
   */
  #isOpenToOthers(): boolean {
    const { exchange, keys } = this.#options
    const { roster } = exchange.circle
    if (this.#part === null || roster === this.#roster) return false
    this.#roster = roster
    const boxes = [keys.box, ...roster.readers().map(({ box }) => box)]
    return this.#part.readers.some((box) => !boxes.some((other) => b4a.equals(box, other)))
  }

  async #rotate(): Promise<void> {
    await this.#endPart('rotated')
    await this.#startPart()
  }

  async #endPart(reason: SealReason): Promise<void> {
    const part = this.#part!
    this.#part = null
    await part.seal(reason)
  }

  async #startPart(): Promise<void> {
    const { exchange, keys, clock, build, previous, firstHops, preEventMs } = this.#options
    const last = this.parts[this.parts.length - 1]?.key ?? previous
    this.#roster = exchange.circle.roster
    this.#part = await Part.start({
      exchange,
      keys,
      clock,
      build,
      firstHops,
      preEventMs: this.parts.length === 0 ? preEventMs : 0,
      surroundings: () => this.surroundings,
      ...this.#media!,
      previous: last,
      readers: this.#readers()
    })
    for (const aside of this.#held.splice(0)) this.#part.add(aside)
    this.parts.push(this.#part.replica)
    this.emit('part', this.#part.replica)
  }

  /** Everyone who may read, without ourselves; but a film that nobody else could open is kept readable. */
  #readers(): BoxKey[] {
    const { exchange, keys, keepReadable } = this.#options
    const { roster, state } = exchange.circle
    const boxes = longestKnown(roster.readers(), state.members).map(({ box }) => box)
    const others = boxes.filter((box) => !b4a.equals(box, keys.box))
    if (!keepReadable && others.length > 0) return others
    return [keys.box, ...others].slice(0, MAX_MEMBERS)
  }
}

function asFilmError(err: unknown): unknown {
  if (systemCode(err) !== 'ENOSPC') return err
  return new TemoinError(
    'STORAGE_FULL',
    'This disk is full: free some space and film again; what others hold is safe with them',
    { cause: err }
  )
}
