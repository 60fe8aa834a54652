// The room that each device of a circle has for its journals, whichever of them it writes.
// Must never: give a device the room of another.

import b4a from 'b4a'
import { hex } from '../../../encoding/hex.ts'
import { RECEIPTS_SHARE } from '../../../limits.ts'
import type { DeviceKey } from '../../../types/keys.ts'
import type { Roster } from '../../roster.ts'
import { journalLimit, JournalRoom } from './journal-room.ts'

export interface JournalRoomsOptions {
  self: DeviceKey
  roster: () => Roster
  now: () => number
  /** @default journalLimit */
  limitBytes?: typeof journalLimit | undefined
  /** Another member says more than is kept of one, or what no entry can be. */
  onCrowded: (device: DeviceKey) => void
}

export class JournalRooms {
  readonly #options: JournalRoomsOptions
  readonly #rooms = new Map<string, JournalRoom>()

  constructor(options: JournalRoomsOptions) {
    this.#options = options
  }

  of(device: DeviceKey): JournalRoom {
    const id = hex(device)
    const known = this.#rooms.get(id)
    if (known) return known
    const room = new JournalRoom({
      limitBytes: () => this.#limitOf(device),
      onRefused: () => this.#onRefused(device)
    })
    this.#rooms.set(id, room)
    return room
  }

  /** True where our own journals have room for what is said elsewhere as well. */
  get hasRoomForReceipts(): boolean {
    return this.of(this.#options.self).share < RECEIPTS_SHARE
  }

  /** Of everybody's journals, as far as they are here. */
  get usedBytes(): number {
    return [...this.#rooms.values()].reduce((sum, { usedBytes }) => sum + usedBytes, 0)
  }

  #onRefused(device: DeviceKey): void {
    const { self, roster, onCrowded } = this.#options
    if (!b4a.equals(device, self) && roster().find(device) !== null) onCrowded(device)
  }

  /** Nobody was let in before there was a circle, whatever who let them in says. */
  #limitOf(device: DeviceKey): number {
    const { roster, now, limitBytes = journalLimit } = this.#options
    const { members } = roster()
    const member = roster().find(device)
    const sinceMs = member && Math.max(member.addedAtMs, members[0]!.addedAtMs)
    return limitBytes(sinceMs, now())
  }
}
