// One device of the world: what of it survives a kill (its keys, its disk, its state file), the station
// that runs on it now, and what it is doing.

import { decode, encode } from '../../../core/encoding/wire.ts'
import { deviceState } from '../../../core/encoding/memory/device-state.ts'
import type { CircleState } from '../../../core/encoding/memory/device-state.ts'
import type { Film } from '../../../core/filming/film.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import type { EvidenceStore } from '../../../core/store/evidence-store.ts'
import type { Station, StationOptions } from '../../helpers/devices/station.ts'
import { SetClock } from '../../helpers/devices/set-clock.ts'
import type { Sketch } from './plan.ts'
import type { Truth } from './truth.ts'

export class Actor {
  readonly index: number
  readonly sketch: Sketch
  /** Who let it in; null for the founder. */
  readonly introducer: Actor | null
  readonly keys = new DeviceKeys(randomBytes(32))
  readonly clock = new SetClock(8)
  /** Null while it is down. */
  station: Station | null = null
  /** Its disk. */
  dir = ''
  film: Film | null = null
  /** Fragments of the film so far. */
  shot = 0
  /** An organiser said that it should go. */
  revoked = false
  /** It said so of somebody: it may have no powers until another has agreed. */
  accuser = false
  /** What it said of somebody counts by now, or may. */
  counted = false
  /** It writes its journal in two versions. */
  twoFaced = false
  /** An organiser has said that it may come back. */
  pardoned = false
  /** Whom it calls its own other device. */
  readonly owns = new Set<Actor>()
  readonly #inDoubt: boolean
  readonly #truth: Truth
  #saved: Uint8Array = new Uint8Array(0)
  /** Bytes of each log that the disk has confirmed. */
  readonly #confirmed = new Map<string, number>()

  constructor(index: number, sketch: Sketch, introducer: Actor | null, truth: Truth) {
    this.index = index
    this.sketch = sketch
    this.introducer = introducer
    this.#inDoubt = introducer?.accuser ?? false
    this.#truth = truth
  }

  get hostile(): boolean {
    return this.sketch.hostile
  }

  /**
   * An organiser said that it should go, or it was let in by one of whom that was said, who had said so of
   * somebody, or who is organiser by another's word alone: whether it belongs is for the rules to say.
   */
  get doubtful(): boolean {
    if (this.introducer === null || this.#inDoubt) return this.#inDoubt || this.revoked
    return this.revoked || this.sketch.role === 'organiser' || this.introducer.doubtful
  }

  /** What its station is opened with the first time. */
  get options(): StationOptions {
    const { keys, clock } = this
    return {
      keys,
      clock,
      save: async (state) => this.remember(state),
      prepare: (station) => this.#prepare(station)
    }
  }

  /** What it is opened with again. */
  get state(): CircleState {
    return decode(deviceState, this.#saved, 'device state').circles[0]!
  }

  opened(station: Station): void {
    this.station = station
    this.dir = station.dir
  }

  remember(state: CircleState): void {
    this.#saved = encode(deviceState, { name: 'device', port: 0, circles: [state] })
  }

  /** Bytes of this log that a power cut leaves. */
  confirmed(log: string): number {
    return this.#confirmed.get(path.basename(log)) ?? 0
  }

  #prepare(station: Station): void {
    this.remember(station.state)
    this.#watchDisk(station.store)
    if (!this.hostile) this.#truth.watch(station.exchange)
    this.#truth.watchGiving(station.exchange)
  }

  /** What was in a log before a flush is on the disk after it. */
  #watchDisk(store: EvidenceStore): void {
    this.#confirmed.clear()
    const db = path.join(store.dir, 'store', 'db')
    for (const [name, bytes] of logSizes(db)) this.#confirmed.set(name, bytes)
    const durable = store.durable.bind(store)
    store.durable = async () => {
      const sizes = logSizes(db)
      await durable()
      for (const [name, bytes] of sizes) this.#confirmed.set(name, bytes)
    }
  }
}

function logSizes(db: string): [string, number][] {
  try {
    const names = fs.readdirSync(db).map(String)
    const logs = names.filter((name) => name.endsWith('.log'))
    return logs.map((name) => [name, Number(fs.statSync(path.join(db, name)).size)])
  } catch {
    return [] // a new store has none; a log may go while it is looked for
  }
}
