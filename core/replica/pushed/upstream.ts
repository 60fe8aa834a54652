// The pushing side of one recording: who follows it, and the newest blocks, kept in memory so that a
// device that has just caught up misses nothing between its question and the first push.
// Must never: let a slow line fill the memory (a follower that falls behind is told to fetch), or forget
// what cannot be fetched yet.

import type { RecordingKey } from '../../types/keys.ts'
import type { SignedBlock } from '../../recording/writer.ts'
import type { ControlChannel } from '../control-channel.ts'
import { Served } from './served.ts'
import { Tail } from './tail.ts'

/** A follower may be this many blocks ahead of us: it had them from another upstream. */
const MAX_AHEAD = 1024

export class Upstream {
  readonly #recording: RecordingKey
  /** Each with the block it wants next. */
  readonly #followers = new Map<ControlChannel, number>()
  readonly #tail = new Tail()
  readonly #served = new Served()
  #held: ControlChannel[] | null = null
  /** Blocks from here on are on no disk of ours: nobody could fetch them, so they stay in memory. */
  keepFrom = Infinity

  constructor(recording: RecordingKey) {
    this.#recording = recording
  }

  get followers(): number {
    return this.#followers.size
  }

  /** In the order in which they came. */
  get channels(): ControlChannel[] {
    return [...this.#followers.keys()]
  }

  has(channel: ControlChannel | null): boolean {
    return channel !== null && this.#followers.has(channel)
  }

  /**
   * Starts pushing from block `start` on, or tells the follower to fetch where that is too long ago.
   * One that follows already is being pushed everything: asking again changes nothing.
   */
  follow(channel: ControlChannel, start: number, length: number): void {
    if (this.#followers.has(channel)) return
    if (this.#isBehind(length)) this.#tail.clear()
    const { blocks } = this.#tail
    const first = blocks[0]?.index ?? length
    const end = first + blocks.length
    if (start < first) return channel.refuse(this.#recording, first)
    if (start > end + MAX_AHEAD) return channel.refuse(this.#recording)
    this.#followers.set(channel, start)
    for (const block of blocks) this.#send(channel, block)
  }

  /** A block of the tail, to be read at once, or null where it is not in memory (any more). */
  recall(index: number): SignedBlock | null {
    return this.#tail.at(index)
  }

  unfollow(channel: ControlChannel): void {
    this.#followers.delete(channel)
  }

  /** Sends a new block to every follower at once. */
  push(block: SignedBlock): void {
    this.#tail.add(block, this.keepFrom)
    for (const channel of this.#followers.keys()) this.#send(channel, block)
  }

  /** The same for a block that was pushed to us: those that came in one packet leave in one. */
  passOn(block: SignedBlock): void {
    if (this.#held === null && this.#followers.size > 0) this.#hold()
    this.push(block)
  }

  /** What is pushed meanwhile leaves in one message: written, and signed for, together. */
  together(push: () => void): void {
    const { channels } = this
    for (const channel of channels) channel.hold()
    try {
      push()
    } finally {
      for (const channel of channels) channel.release()
    }
  }

  clear(): void {
    this.#followers.clear()
    this.#tail.clear()
  }

  /** What came since was fetched, so it is not here to be pushed: whoever waited for it would starve. */
  #isBehind(length: number): boolean {
    const { last } = this.#tail
    return last !== null && last + 1 < length
  }

  #hold(): void {
    this.#held = this.channels
    for (const channel of this.#held) channel.hold()
    queueMicrotask(() => {
      for (const channel of this.#held!) channel.release()
      this.#held = null
    })
  }

  #send(channel: ControlChannel, block: SignedBlock): void {
    if (channel.closed) return void this.#followers.delete(channel)
    if (block.index < (this.#followers.get(channel) ?? Infinity)) return
    const { device } = channel.link
    const { byteLength } = block.value
    const hasRoom = channel.hasRoomFor(byteLength)
    if (hasRoom && this.#served.take(device, block.index, byteLength)) {
      return channel.pushBlock({ recording: this.#recording, ...block })
    }
    this.#followers.delete(channel)
    channel.refuse(this.#recording, hasRoom ? this.#served.nextOf(device) : 0)
  }
}
