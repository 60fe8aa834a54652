// A relay: a device that is always on and holds what its circles film, within limits, as ciphertext. Puts the
// engine, the quotas and the reading again together; tells what happens as events, which a command turns
// into lines.
// Must never: give up what it holds to make room, or take a circle it was not invited to.

import ReadyResource from 'ready-resource'
import z32 from 'z32'
import { Device } from '../core/device.ts'
import type { DeviceOptions } from '../core/device.ts'
import type { Heard, RelayMemory } from '../core/encoding/memory/relay-memory.ts'
import type { Exchange } from '../core/exchange/exchange.ts'
import type { Replica } from '../core/replica/replica.ts'
import { systemClock } from '../core/runtime/clock.ts'
import type { Clock } from '../core/runtime/clock.ts'
import { freeBytesOf } from '../core/runtime/fs.ts'
import type { DeviceKey } from '../core/types/keys.ts'
import { quotaOf } from './options/circle-quotas.ts'
import { dayOf, withToday } from './quota/forecast.ts'
import { Ledger } from './quota/ledger.ts'
import type { News } from './quota/ledger.ts'
import { withHeard } from './heard.ts'
import { loadMemory, saveMemory } from './memory-file.ts'
import type { RelayOptions } from './options/options.ts'
import { levelOf, totalOf, verdictFor } from './quota/quota.ts'
import type { QuotaFacts, Verdict } from './quota/quota.ts'
import { Scrub } from './scrub.ts'
import type { ScrubCounts } from './scrub.ts'
import type { RelayStatus } from './status/status.ts'
import { statusOf } from './status/status-of.ts'

const TICK_MS = 1000
/** Within a tick a fast line brings more than a small reserve. */
const JUDGE_EVERY_BYTES = 64 * 1024
/** Between two saves of what is remembered, where nothing presses. */
const SAVE_EVERY_MS = 60_000

export interface RelayEvents {
  /** What is taken of a circle has changed. */
  room: [{ circle: string; verdict: Verdict }]
  /** So much of what there is is used, in percent: more than before. */
  filling: [{ circle: string; level: number }]
  /** A recording is known of, and taken. */
  recording: [{ circle: string; recording: string }]
  /** All of one is here. */
  held: [{ circle: string; recording: string; bytes: number }]
  /** Something that was held is not what it should be; it is fetched again from the others. */
  damaged: [{ recording: string; blocks: number }]
  /** A member has heard that this relay leaves the circle. */
  heard: [{ circle: string; device: DeviceKey }]
  trouble: [unknown]
}

export interface RelayParts {
  options: RelayOptions
  /** As the engine takes them, besides what follows from the options. */
  device?: Partial<DeviceOptions>
  clock?: Clock
}

export class Relay extends ReadyResource<RelayEvents> {
  readonly device: Device
  options: RelayOptions
  readonly #clock: Clock
  readonly #ledger = new Ledger()
  readonly #verdicts = new Map<string, Verdict>()
  readonly #levels = new Map<string, number>()
  readonly #scrubbed: ScrubCounts = { blocks: 0, damaged: 0 }
  #scrub: Scrub | null = null
  #memory: RelayMemory = { days: [], cursor: null, scrubbedAtMs: 0, heard: [] }
  #freeBytes: number | null = null
  #receipts = 0
  #linkedAtMs: number | null = null
  #unjudgedBytes = 0
  #startedAtMs = 0
  #savedAtMs = 0
  #ticking: Promise<void> = Promise.resolve()
  #timer: Timer | null = null

  constructor({ options, device = {}, clock = systemClock() }: RelayParts) {
    super()
    this.options = options
    this.#clock = clock
    this.device = new Device({
      ...deviceOptionsOf(options),
      clock,
      room: (circle) => this.#verdictOf(z32.encode(circle)).room,
      safeList: false, // of no use to anybody else than a phone, and costs its receipts two signatures each
      ...device
    })
  }

  protected override async _open(): Promise<void> {
    this.#startedAtMs = this.#clock.now()
    this.#memory = await loadMemory(this.options.storage)
    this.#freeBytes = await freeBytesOf(this.options.storage)
    this.device.on('known', this.#onKnown)
    this.device.on('recording', this.#onReplica)
    this.device.on('progress', this.#onReplica)
    this.device.on('sealed', this.#onReplica)
    this.device.on('signed', this.#onSigned)
    this.device.on('presence', this.#onPresence)
    this.device.on('trouble', (err) => this.emit('trouble', err))
    await this.device.ready()
    this.#openScrub()
    await this.#tick()
    this.#timer = setInterval(() => void (this.#ticking = this.#tick()), TICK_MS)
  }

  protected override async _close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#ticking
    await this.#scrub?.close()
    await this.device.close()
    if (this.opened) await this.#save().catch(() => {})
  }

  /** New limits, at once; what cannot change while it runs is as it was. */
  async reload(options: RelayOptions): Promise<void> {
    const { storage, bind, port, bootstrap, dht, lan, dhtNode, statusPort } = this.options
    this.options = {
      ...options,
      ...{ storage, bind, port, bootstrap, dht, lan, dhtNode, statusPort }
    }
    await this.#scrub?.close()
    this.#openScrub()
    await this.#tick()
  }

  status(): RelayStatus {
    return statusOf({
      device: this.device,
      ledger: this.#ledger,
      facts: this.#facts(),
      verdictOf: (circle) => this.#verdictOf(circle),
      memory: this.#memory,
      scrubbed: this.#scrubbed,
      receipts: this.#receipts,
      linkedAtMs: this.#linkedAtMs,
      startedAtMs: this.#startedAtMs,
      nowMs: this.#clock.now()
    })
  }

  /** At rest since before: of them the log says nothing, and the limits everything. */
  readonly #onKnown = (replicas: Replica[], { circle }: Exchange): void => {
    const name = z32.encode(circle.id)
    for (const replica of replicas) this.#note(replica, name)
    this.#verdicts.delete(name)
  }

  readonly #onReplica = (replica: Replica, exchange: Exchange): void => {
    const circle = z32.encode(exchange.circle.id)
    const { isNew, isWhole } = this.#note(replica, circle)
    if (this.#unjudgedBytes > JUDGE_EVERY_BYTES && this.opened) this.#judge()
    if (!isNew && !isWhole) return
    const recording = z32.encode(replica.key)
    if (isNew) this.emit('recording', { circle, recording })
    else this.emit('held', { circle, recording, bytes: replica.takenBytes ?? 0 })
  }

  /** By what happens: some stay for less than a tick. */
  readonly #onPresence = (): void => void (this.#linkedAtMs = this.#clock.now())

  #note(replica: Replica, circle: string): News {
    const { id: recording, takenBytes, over, end, sealed: whole } = replica
    const bytes = takenBytes ?? 0 // read at the start where it rests: limits need it
    const noted = { recording, circle, bytes, whole, over: over || end !== null }
    const news = this.#ledger.note(noted, this.#clock.now())
    this.#unjudgedBytes += news.grownBytes
    return news
  }

  readonly #onSigned = (): void => void this.#receipts++

  #openScrub(): void {
    const { storage, scrubBytesPerSecond } = this.options
    this.#scrub = null
    if (scrubBytesPerSecond === 0) return
    const scrub = new Scrub({
      device: this.device,
      storage,
      bytesPerSecond: scrubBytesPerSecond,
      memory: this.#memory,
      counts: this.#scrubbed,
      now: () => this.#clock.now()
    })
    scrub.on('damaged', (found) => this.emit('damaged', found))
    scrub.on('trouble', (err) => this.emit('trouble', err))
    this.#scrub = scrub
    void scrub.ready()
  }

  async #tick(): Promise<void> {
    if (this.closing) return
    this.#freeBytes = await freeBytesOf(this.options.storage)
    if (this.closing) return
    this.#judge()
    const nowMs = this.#clock.now()
    const bytes = totalOf(this.#facts().usage)
    this.#memory.days = withToday(this.#memory.days, { day: dayOf(nowMs), bytes })
    const fresh = this.#noteHeard()
    if (fresh.length === 0 && nowMs - this.#savedAtMs < SAVE_EVERY_MS) return
    this.#savedAtMs = nowMs
    await this.#save().catch((err) => this.emit('trouble', err))
    for (const one of fresh)
      this.emit('heard', { circle: z32.encode(one.circle), device: one.device })
  }

  #noteHeard(): Heard[] {
    const notices = this.device.circles.flatMap(({ circle, notice }) =>
      notice === null ? [] : [{ circle: circle.id, ...notice }]
    )
    const { heard, fresh } = withHeard(this.#memory.heard, notices)
    this.#memory.heard = heard
    return fresh
  }

  /** What is taken of each circle from now on; whoever it concerns hears of it. */
  #judge(): void {
    const facts = this.#facts()
    this.#unjudgedBytes = 0
    let isNews = false
    for (const {
      circle: { id },
      watch
    } of this.device.circles) {
      const circle = z32.encode(id)
      const before = this.#verdicts.get(circle)
      const verdict = verdictFor(circle, facts)
      this.#verdicts.set(circle, verdict)
      if ((before?.room ?? 'open') !== verdict.room) {
        isNews = true
        this.emit('room', { circle, verdict })
      }
      const level = levelOf(verdict.share)
      const levelBefore = this.#levels.get(circle) ?? 0
      this.#levels.set(circle, level)
      if (level <= levelBefore) continue
      this.emit('filling', { circle, level })
      void watch.report('storage-low')
    }
    if (isNews) this.device.roomChanged()
  }

  #verdictOf(circle: string): Verdict {
    const known = this.#verdicts.get(circle) ?? verdictFor(circle, this.#facts())
    this.#verdicts.set(circle, known)
    return known
  }

  #facts(): QuotaFacts {
    const { circleQuotas } = this.options
    const own = (circle: string): number | null => quotaOf(circleQuotas, circle)
    const usage = this.#ledger.usage(own)
    for (const { circle } of this.device.circles) {
      const name = z32.encode(circle.id)
      const { bytes, quotaBytes } = usage.get(name) ?? { bytes: 0, quotaBytes: own(name) }
      usage.set(name, { bytes: bytes + circle.journalBytes, quotaBytes })
    }
    return { limits: this.options, usage, freeBytes: this.#freeBytes }
  }

  async #save(): Promise<void> {
    await saveMemory(this.options.storage, this.#memory)
  }
}

function deviceOptionsOf(options: RelayOptions): DeviceOptions {
  const { storage, bind, port, bootstrap, dht, lan } = options
  return {
    dir: storage,
    lan,
    ...(bind === null ? {} : { host: bind }),
    ...(port === null ? {} : { port }),
    ...(dht ? (bootstrap === null ? {} : { bootstrap }) : { bootstrap: [] })
  }
}
