// How many journals are followed, and whose: a device has few, and devices that anyone can make up must
// not crowd out the journals of members.

import b4a from 'b4a'
import type { JournalHead } from '../../../encoding/journal/journal-head.ts'
import { hex } from '../../../encoding/hex.ts'
import { MAX_HEADS, MAX_JOURNALS_PER_DEVICE, MAX_MEMBERS } from '../../../limits.ts'
import type { DeviceKey } from '../../../types/keys.ts'
import type { Roster } from '../../roster.ts'

/** Heads of devices that no journal read so far calls members. */
const MAX_STRANGE_HEADS = 64
/** The same before anything has been read: who let us in has told of all of them. */
const MAX_UNREAD_HEADS = MAX_HEADS / 4
/**
 * So many are every member's own. What is beyond comes out of what is left for all, which one device that
 * starts journals without end, or makes up others that do, can use up: nobody is silenced by that.
 */
const OWN_HEADS = 12
/** Kept free for this device, which can say nothing without a journal, and begins one at each unclean stop. */
const HEADS_OF_OURS = 256
const SHARED_HEADS = MAX_HEADS - OWN_HEADS * MAX_MEMBERS - MAX_STRANGE_HEADS - HEADS_OF_OURS

export class HeadRoom {
  readonly #self: string
  readonly #heads: readonly JournalHead[]
  readonly #signers = new Set<string>()
  /** Heads of each device. */
  readonly #counts = new Map<string, number>()
  /** Heads beyond those that are their devices' own. */
  #shared = 0
  #counted = 0
  #strange: { roster: Roster; counted: number; count: number } | null = null

  /** @param heads only ever added to; those of `self` whatever this says of their room */
  constructor(heads: readonly JournalHead[], self: DeviceKey) {
    this.#heads = heads
    this.#self = hex(self)
  }

  /**
   * True where the head is new and there is room for it.
   * @param known members, those that this device has known longest first: so many as a circle can hold
   */
  has({ device, signer }: JournalHead, roster: Roster, known: readonly DeviceKey[]): boolean {
    this.#count()
    if (this.#signers.has(hex(signer)) || !this.#hasPlace(device, known)) return false
    const same = this.#counts.get(hex(device)) ?? 0
    if (same >= MAX_JOURNALS_PER_DEVICE) return false
    if (roster.find(device) === null && this.#hasManyStrangers(roster)) return false
    return same < OWN_HEADS || this.#shared < SHARED_HEADS
  }

  /**
   * What is left when everybody known longer has all that is their own: an organiser can let in more devices
   * than a circle can hold, and places once taken stay taken.
   */
  #hasPlace(device: DeviceKey, known: readonly DeviceKey[]): boolean {
    const ours = this.#counts.get(this.#self) ?? 0
    const left = MAX_HEADS - this.#heads.length - Math.max(0, HEADS_OF_OURS - ours)
    if (left > OWN_HEADS * known.length) return true // as a rule
    const place = known.findIndex((one) => b4a.equals(one, device))
    const longer = place === -1 ? known : known.slice(0, place)
    const counts = longer.map((one) => this.#counts.get(hex(one)) ?? 0)
    const reserved = counts.reduce((sum, count) => sum + Math.max(0, OWN_HEADS - count), 0)
    return left > reserved
  }

  #count(): void {
    for (; this.#counted < this.#heads.length; this.#counted++) {
      const { device, signer } = this.#heads[this.#counted]!
      const count = (this.#counts.get(hex(device)) ?? 0) + 1
      this.#signers.add(hex(signer))
      this.#counts.set(hex(device), count)
      if (count > OWN_HEADS && hex(device) !== this.#self) this.#shared++
    }
  }

  /** Anyone can make device keys and vouch for journals of theirs; a newcomer's head may come early. */
  #hasManyStrangers(roster: Roster): boolean {
    if (roster.members.length === 0) return this.#heads.length >= MAX_UNREAD_HEADS
    const counted = this.#counted
    if (this.#strange?.roster !== roster || this.#strange.counted !== counted) {
      const count = this.#heads.filter(({ device }) => roster.find(device) === null).length
      this.#strange = { roster, counted, count }
    }
    return this.#strange.count >= MAX_STRANGE_HEADS
  }
}
