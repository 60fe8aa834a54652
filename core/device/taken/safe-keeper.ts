// Keeps the file `safe` near the truth while the device runs: which recordings held here are on another
// device's disk as well, by its receipts.
// Must never: count this device's own word, what its holder has lost since, or who was revoked or leaves.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import { MAX_SAFE_RECORDINGS } from '../../encoding/memory/safe-list.ts'
import type { SafeRecording } from '../../encoding/memory/safe-list.ts'
import { changesRoster } from '../../circle/roster.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import type { Circles } from '../../exchange/members/circles.ts'
import type { Replica } from '../../replica/replica.ts'
import { timesAsLong } from '../../runtime/beat.ts'
import { removeSafeList, saveSafeList } from '../../store/files/safe-file.ts'
import type { DeviceKey } from '../../types/keys.ts'

/**
 * What a kill may leave untold: so old is what a panic goes by. It errs on the safe side, for what is not listed
 * is kept. Who is late waits longer: it costs signatures to check.
 */
const EVERY_MS = 5000
/** What makes less safe is not waited with: a panic would delete by it. Lines that come together are one. */
const BAD_NEWS_MS = 100
/** Recordings looked at in one go: a few milliseconds of signatures, the first time. */
const SLICE = 16
/** Between two slices, so that it takes a third of the processor at most. */
const BREATH_MS = 20

export interface SafeKeeperOptions {
  dir: string
  self: DeviceKey
  exchanges: () => readonly Exchange[]
  /** Between two writes of what is safe since. @default EVERY_MS */
  everyMs?: number
}

export class SafeKeeper {
  readonly #options: SafeKeeperOptions
  #timer: Timer | null = null
  /** Bad news are under way. */
  #isUrgent = false
  #closed = false
  /** Something has happened since the last start or write. */
  #isDue = false
  /** What another member has of each, as far as nothing has happened to it since. */
  readonly #known = new Map<Replica, Safe>()
  /** Null before the first: what an earlier process has left may be true no more. */
  #written: SafeRecording[] | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(options: SafeKeeperOptions) {
    this.#options = options
  }

  /** Hears from these what may change what is safe. */
  watch(circles: Circles): void {
    for (const event of ['recording', 'progress', 'sealed'] as const) {
      circles.on(event, (replica) => this.note(replica))
    }
    circles.on('line', (line) => this.#noteLine(line))
  }

  /** A receipt for it may have come in. */
  note(replica: Replica): void {
    this.#known.delete(replica)
    this.#isDue = true
    this.#wait()
  }

  /** This device has lost something: what it signed for may count no longer. */
  noteLoss(device: DeviceKey): void {
    for (const [replica, { holder }] of this.#known) {
      if (holder !== null && b4a.equals(holder, device)) this.#known.delete(replica)
    }
    this.#hurry()
  }

  /** Who belongs has changed. */
  noteRoster(): void {
    this.#hurry()
  }

  /** A member will delete what it holds, or will not after all. */
  noteLeaving(): void {
    this.#known.clear()
    this.noteRoster()
  }

  /** What was known before a start is written in its time: who was killed may not have come to it. */
  begin(): void {
    this.#known.clear() // of replicas that were closed, where the disk had to be opened again
    this.#wait()
  }

  #noteLine(line: JournalLine): void {
    const { entry, device } = line
    if (changesRoster(line)) this.noteRoster()
    else if (entry.kind === 'leaving') this.noteLeaving()
    else if (entry.kind === 'alarm' && entry.body.alarm === 'storage-damaged') this.noteLoss(device)
  }

  #wait(): void {
    const { everyMs = EVERY_MS } = this.#options
    if (this.#closed) return
    this.#timer ??= setTimeout(() => void this.flush(), timesAsLong() * everyMs)
  }

  #hurry(): void {
    this.#isDue = true
    if (this.#closed || this.#isUrgent) return
    this.#isUrgent = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), BAD_NEWS_MS)
  }

  /** Writes what is known now. Never fails: what is not listed counts as not safe. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#isUrgent = false
    this.#writing = this.#writing.then(() => this.#write()).catch(() => {})
    return this.#writing
  }

  async #write(): Promise<void> {
    const isDue = this.#isDue
    this.#isDue = false
    const all = await this.#list(isDue)
    if (all === null) return
    const list = all.slice(0, MAX_SAFE_RECORDINGS)
    if (this.#written !== null && isSame(list, this.#written)) return
    try {
      await saveSafeList(this.#options.dir, list)
      this.#written = list
    } catch {
      await this.#unwritten(list)
    }
  }

  /** A full disk, as a rule: a list that says more than is true any more goes, and it is tried again. */
  async #unwritten(list: readonly SafeRecording[]): Promise<void> {
    this.#isDue = true
    this.#wait()
    if (this.#written !== null && isStillTrue(this.#written, list)) return
    this.#written = null
    await removeSafeList(this.#options.dir)
  }

  /**
   * A slice at a time: receipts that nobody has asked for yet are checked here, and films go on.
   * @param isDue something has happened since the last time; null where nothing has, and all closes
   */
  async #list(isDue: boolean): Promise<SafeRecording[] | null> {
    const { self, exchanges } = this.#options
    const found: SafeRecording[] = []
    let looked = 0
    for (const exchange of exchanges()) {
      const isMember = (device: DeviceKey): boolean =>
        exchange.circle.roster.active(device) !== null && exchange.leavesAt(device) === null
      for (const replica of exchange.replicas) {
        if (this.#closed && !isDue) return null
        const known = this.#known.get(replica)
        const isStill = known !== undefined && (known.holder === null || isMember(known.holder))
        const safe = isStill ? known : safeWith(replica, isMember, self)
        this.#known.set(replica, safe)
        if (safe.length > 0) found.push({ recording: replica.key, length: safe.length })
        if (!isStill && ++looked % SLICE === 0 && !this.#closed) await breathe()
      }
    }
    return found
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    if (this.#isDue) await this.flush()
    else await this.#writing
  }
}

export interface Safe {
  length: number
  /** Who has so much; null where nobody has any of it. */
  holder: DeviceKey | null
}

const NOT_SAFE: Safe = { length: 0, holder: null }

/**
 * The longest that any one other member has signed for of it, and not lost since.
 * @param isMember a device that was revoked may be in anybody's hands, one that leaves will delete it: neither
 * counts
 */
export function safeWith(
  { receipts }: Pick<Replica, 'receipts'>,
  isMember: (device: DeviceKey) => boolean,
  self: DeviceKey
): Safe {
  const counts = (holder: DeviceKey): boolean => !b4a.equals(holder, self) && isMember(holder)
  const holders = receipts.all().map(({ holder }) => holder)
  const held = holders
    .filter(counts)
    .map((holder) => ({ holder, length: receipts.of(holder)?.length ?? 0 }))
  return held.reduce((most, one) => (one.length > most.length ? one : most), NOT_SAFE)
}

/** True where all that `listed` says is safe is as safe `now`, or safer. */
function isStillTrue(listed: readonly SafeRecording[], now: readonly SafeRecording[]): boolean {
  const lengths = new Map(now.map(({ recording, length }) => [hex(recording), length]))
  return listed.every(({ recording, length }) => (lengths.get(hex(recording)) ?? 0) >= length)
}

function isSame(a: readonly SafeRecording[], b: readonly SafeRecording[]): boolean {
  return a.length === b.length && a.every((one, i) => isSameOne(one, b[i]!))
}

function isSameOne(a: SafeRecording, b: SafeRecording): boolean {
  return a.length === b.length && b4a.equals(a.recording, b.recording)
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, BREATH_MS))
}
