// The recordings of one circle on this device, live: opened as they are told of, followed, fetched and
// passed on, and signed for. What members say of them comes in by `talk`, what journals say by `read`.
// Must never: open a recording that its author did not attest; count a receipt that was not checked.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import type { JournalLine } from '../../circle/roster.ts'
import type { RecordingAnnounced } from '../../encoding/journal/journal-entry.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import { Beat } from '../../runtime/beat.ts'
import { steady } from '../../runtime/clock.ts'
import type { Attempt } from '../../store/hypercore/guard.ts'
import type { DeviceKey, RecordingKey, Role } from '../../types/keys.ts'
import { claimIn } from '../../replica/announced.ts'
import type { Announced } from '../../replica/announced.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Ears } from '../../replica/replica-options.ts'
import { Admission } from './admission.ts'
import { Alarms } from '../alarms/alarms.ts'
import type { RaisedAlarm } from '../alarms/alarms.ts'
import { Apart } from './apart.ts'
import { EarlyFollows } from '../handing-on/early-follows.ts'
import { Leavings } from '../leavings.ts'
import { Grants } from '../grants/grants.ts'
import { FanOut } from '../handing-on/fan-out.ts'
import { Followings } from '../handing-on/followings.ts'
import { ToldFilms } from '../handing-on/told-films.ts'
import { Openings } from './openings.ts'
import { isAuthor, RecordingTalk } from './talk.ts'
import type { RecordingsEvents, RecordingsOptions } from './options.ts'
import { Receipts } from '../receipts/receipts.ts'
import { Replicas } from './replicas.ts'
import { Watch } from '../alarms/watch.ts'

const TICK_MS = 250
const TICKS_A_SECOND = 4

export class Recordings extends ReadyResource<RecordingsEvents> {
  readonly alarms: Alarms
  readonly watch: Watch
  readonly talk: RecordingTalk
  readonly leavings = new Leavings()
  readonly #options: RecordingsOptions
  readonly #replicas: Replicas
  readonly #followings: Followings
  readonly #fanOut: FanOut
  readonly #earlyFollows = new EarlyFollows()
  readonly #apart: Apart
  readonly #openings: Openings
  readonly #admission: Admission
  readonly #receipts: Receipts
  readonly #told: ToldFilms
  readonly #grants: Grants
  readonly #beat = new Beat(TICK_MS, () => this.#tick())
  #ticks = 0

  constructor(options: RecordingsOptions) {
    super()
    const { circle, store, keys, now, intake, peers } = options
    const self = keys.device
    const replicaOf = (key: RecordingKey): Replica | null => this.get(key)
    const roleOf = (device: DeviceKey): Role => circle.roster.find(device)?.role ?? 'contact'
    const isApart = (replica: Replica): boolean => this.isApart(replica)
    this.#options = options
    this.#apart = new Apart(circle)
    const steadyMs = steady(now) // waits must end though the clock is set back an hour
    const ears: Ears = {
      grow: (replica) => this.#onGrow(replica),
      held: (replica, receipt) => this.#onHeld(replica, receipt),
      receipt: (replica, receipt) => this.#onOwn(replica, receipt),
      sealed: (replica) => this.#onSealed(replica),
      lost: ({ key }, length) => void this.watch.lost(key, length),
      trouble: (_, err) => void this.emit('trouble', err),
      wake: (replica) => this.#replicas.woke(replica),
      rest: (replica) => this.#replicas.rested(replica)
    }
    const onNew = (replica: Replica): void => {
      this.#receipts.intake.follow(replica)
      replica.hear(ears)
    }
    const onForgotten = (replica: Replica): void => this.#receipts.intake.unfollow(replica)
    const granted = (key: RecordingKey): Uint8Array[] => this.#grants.boxes(key)
    this.#replicas = new Replicas({ store, keys, granted, now, steadyMs, onNew, onForgotten })
    const takes = (replica: Replica): boolean => this.#admission.takes(replica)
    this.#followings = new Followings({ keys, now: steadyMs, takes, isApart, peers })
    this.#fanOut = new FanOut({ peers, now: steadyMs, roleOf })
    const onError = (err: unknown): void => void (this.closing || this.emit('trouble', err))
    this.#openings = new Openings({
      ...{ circle, self, store, replicas: this.#replicas, peers, steadyMs, onError },
      sizes: intake.isLimited,
      onKnown: () => void this.emit('known', this.#replicas.all),
      admits: (claim) => this.#admission.admits(claim),
      onOpened: (replica) => this.#opened(replica),
      onRest: (replica) => this.#followings.drop(replica),
      onAttributed: (replica) => this.#onAttributed(replica)
    })
    const known = { openings: this.#openings, replicas: this.#replicas }
    this.#admission = new Admission({ intake, ...known })
    this.#told = new ToldFilms({
      ...{ circle, self, ...known, peers, onError },
      onTold: (replica) => {
        this.#followings.told(replica)
        this.#opened(replica)
      }
    })
    const onAlarm = (alarm: RaisedAlarm): void => void this.emit('alarm', alarm)
    this.alarms = new Alarms({ circle, self, replicaOf, now, onAlarm, onError })
    this.watch = new Watch({
      ...{ circle, alarms: this.alarms, self, now: steadyMs, replicaOf, peers },
      onOwnLoss: (recording, length) => this.#receipts.journal.lose(recording, length)
    })
    this.#receipts = new Receipts({
      ...{ circle, replicaOf, replicas: () => this.#replicas.all, self, peers, now: steadyMs },
      onAsked: (replica) => this.#replicas.asked(replica),
      onFalse: (...found) => this.watch.falseReceipt(...found),
      onRival: (...found) => void this.watch.rivalReceipt(...found),
      peerOf: (device) => peers().find((peer) => b4a.equals(peer.device, device)) ?? null,
      upstreamOf: (replica) => this.#followings.upstreamOf(replica)
    })
    this.#grants = new Grants({
      ...{ circle, keys, store, peers, replicaOf, isApart, steadyMs, onError }
    })
    this.talk = new RecordingTalk({
      ...{ store, isApart, onError, ...known, admission: this.#admission },
      ...{ followings: this.#followings, earlyFollows: this.#earlyFollows, fanOut: this.#fanOut },
      ...{ told: this.#told, grants: this.#grants, receipts: this.#receipts, watch: this.watch }
    })
  }

  protected override async _open(): Promise<void> {
    const { circle, store, keys } = this.#options
    store.on('attempt', this.#onAttempt)
    circle.on('crowded', this.#onCrowded)
    for (const line of circle.lines) this.read(line, false)
    const isKnown = circle.heads.some(({ device }) => b4a.equals(device, keys.device))
    if (store.loss.isUntold && isKnown && !(await this.watch.lost(null))) store.loss.keep()
    this.#told.recall()
    await this.#openings.start()
    this.#grants.start(this.#replicas.all)
    this.#beat.start()
  }

  protected override async _close(): Promise<void> {
    this.#beat.stop()
    this.#options.store.off('attempt', this.#onAttempt)
    this.#options.circle.off('crowded', this.#onCrowded)
    this.#fanOut.close()
    await this.#openings.settled()
    await this.#grants.close()
    await this.#replicas.close()
    await this.#receipts.journal.close() // after the replicas, whose last receipts it writes
  }

  /** Without those of revoked devices from after their revocation. */
  get all(): Replica[] {
    return this.#replicas.all.filter((replica) => !this.isApart(replica))
  }

  /** Those of revoked devices from after their revocation: kept where they came here, passed on to nobody. */
  get apart(): Replica[] {
    return this.#replicas.all.filter((replica) => this.isApart(replica))
  }

  /** Recordings that were told of, and that there was no room for. */
  get refused(): number {
    return this.#admission.refused
  }

  isApart(replica: Replica): boolean {
    return this.#apart.has(replica)
  }

  get(key: RecordingKey): Replica | null {
    return this.#replicas.get(key)
  }

  byDiscoveryKey(key: Uint8Array): Replica | null {
    return this.#replicas.byDiscoveryKey(key)
  }

  /** Our own film: announced before its first block leaves, pushed as it is made. */
  async film(announced: Announced): Promise<Replica> {
    return this.#opened(await this.#replicas.add(announced, { filming: true }))
  }

  /** Whoever is linked hears of our film, and of whom to follow. */
  tellFilm(replica: Replica, body: RecordingAnnounced, firstHops: number): void {
    this.#fanOut.begin(replica, body, firstHops)
  }

  /** A journal says something. */
  read(line: JournalLine, isNew = true): void {
    const claim = claimIn(this.#options.circle.id, line)
    this.#grants.read(line)
    if (this.#apart.take(line)) return this.#openings.later(claim, { onlyHere: true })
    if (line.entry.kind === 'receipts') this.#sortOut() // it may vouch for what was kept apart
    this.#receipts.read(line)
    this.alarms.read(line, isNew)
    this.leavings.read(line)
    if (line.entry.kind === 'recording-sealed') this.#replicas.end(line.device, line.entry.body)
    if (claim) this.#admission.hear(claim)
  }

  /** Who belongs has changed: receipts of new members can count, films of revoked ones are set apart. */
  onRoster(): void {
    this.#receipts.intake.recallAll()
    this.#told.onRoster()
    this.#sortOut()
  }

  readonly #onCrowded = (device: DeviceKey): void => this.watch.crowded(device)

  readonly #onAttempt = (attempt: Attempt): void => this.watch.attempt(attempt)

  /** Said by a revoked device afterwards: what is here of it stays, and nothing more is fetched. */
  #sortOut(): void {
    const { lines, out, back } = this.#apart.sort((key) => this.get(key))
    for (const line of lines) this.read(line)
    for (const replica of out) {
      if (replica.core) replica.upstream.clear()
      this.#followings.drop(replica)
      for (const { link } of this.#options.peers()) {
        if (replica.core) this.#options.store.detach(replica.core, link)
      }
    }
    for (const replica of back) {
      for (const { link } of this.#options.peers()) replica.attach(link)
      if (replica.core === null) this.#openings.wake(replica) // whoever asked for it meanwhile was refused
    }
  }

  #opened(replica: Replica): Replica {
    if (this.opened) this.emit('recording', replica) // those from before are there from the start
    if (this.isApart(replica)) return replica
    for (const peer of this.#options.peers()) replica.attach(peer.link)
    this.#receipts.intake.recall(replica)
    this.#earlyFollows.serve(replica)
    this.#followings.update(replica)
    return replica
  }

  /** It is another member's than who said so first. */
  #onAttributed(replica: Replica): void {
    this.#sortOut()
    const author = this.#options.peers().find(({ device }) => isAuthor(device, replica))
    if (author) this.#receipts.greet(author, [replica])
    this.#followings.update(replica)
    this.emit('progress', replica)
  }

  #onGrow(replica: Replica): void {
    this.emit('progress', replica)
    this.#openings.grew(replica)
    if (this.isApart(replica)) return
    if (replica.isClosedToUs) this.#grants.want(replica)
    this.watch.grew(replica)
    if (replica.mode === 'pull') this.#followings.update(replica) // what is pushed is looked at in time
  }

  #onHeld(replica: Replica, receipt: Receipt): void {
    this.emit('progress', replica)
    this.#fanOut.acknowledged(replica, receipt)
    if (replica.core === null && receipt.length > replica.length) this.#openings.wake(replica)
  }

  #onSealed(replica: Replica): void {
    if (this.opened) this.emit('sealed', replica)
    this.#receipts.journal.hurry() // the last receipt may have been signed before the seal was read
  }

  #onOwn(replica: Replica, receipt: Receipt): void {
    this.emit('signed', replica)
    if (this.#receipts.own(replica, receipt)) this.emit('progress', replica)
  }

  #tick(): void {
    const awake = this.#replicas.awake.filter((replica) => !this.isApart(replica))
    const isSecond = ++this.#ticks % TICKS_A_SECOND === 0
    for (const replica of awake) this.#followings.look(replica, isSecond)
    this.watch.look(awake.filter((replica) => this.#admission.takes(replica)))
    if (!isSecond) return
    this.#replicas.restIdle(this.#options.peers().map(({ device }) => device))
    this.#replicas.letGoOfReceipts()
    this.#openings.tick()
    this.#admission.tick()
    this.#receipts.journal.tick()
    this.watch.tick()
    this.#grants.tick()
  }
}
