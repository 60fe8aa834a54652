// What this device still takes in one circle: as its disk and its own limits allow, down to one recording.
// Pure decisions; whoever sets the limits is asked each time.
// Must never: give up anything that is held. What does not fit is not taken, and the others are told.

import b4a from 'b4a'
import type { Room } from '../../encoding/control.ts'
import type { Announced } from '../../replica/announced.ts'
import type { Replica } from '../../replica/replica.ts'

export interface IntakeOptions {
  isFull: () => boolean
  room?: (() => Room) | undefined
}

export class Intake {
  readonly #options: IntakeOptions

  constructor(options: IntakeOptions) {
    this.#options = options
  }

  /** As the members are told it. */
  get room(): Room {
    return this.#options.isFull() ? 'none' : this.limit
  }

  /** True where this device has limits of its own: sizes matter. */
  get isLimited(): boolean {
    return this.#options.room !== undefined
  }

  /** Whatever the disk has: what this device's own limits leave. */
  get limit(): Room {
    return this.#options.room?.() ?? 'open'
  }

  /**
   * True where (more of) this recording is taken now.
   * @param before the recording it goes on from, where that is known here
   */
  takes({ announced, length }: Begun, before: Begun | null): boolean {
    return takesOf(this.room, length > 0 || goesOn(announced, before))
  }

  /** True where one that is not here is to be opened: a full disk passes, what is over a limit is not kept at all. */
  opens(announced: Announced, before: Begun | null): boolean {
    return takesOf(this.limit, goesOn(announced, before))
  }
}

export type Begun = Pick<Replica, 'announced' | 'length'>

/** True where a holder with this room takes no more of a recording of which it has so many blocks. */
export function isFullFor(room: Room, length: number): boolean {
  return !takesOf(room, length > 0)
}

function takesOf(room: Room, isBegun: boolean): boolean {
  return room === 'open' || (room === 'begun' && isBegun)
}

/** The next part of a film that is held here: it is begun, for it would be cut off in the middle. */
function goesOn({ author }: Announced, before: Begun | null): boolean {
  return before !== null && before.length > 0 && b4a.equals(before.announced.author, author)
}
