// One circle as this device knows it: its own journal, everybody's journals, the roster that follows
// from them, and where the members were last reached. The facade of `core/circle`.
// Must never: touch the network; `exchange/exchange.ts` tells it what links bring.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import type { Address } from '../encoding/address.ts'
import type { CircleState } from '../encoding/device-state.ts'
import { hex } from '../encoding/hex.ts'
import type { JournalEntry } from '../encoding/journal-entry.ts'
import type { JournalHead } from '../encoding/journal-head.ts'
import type { ToldFilm } from '../encoding/told-film.ts'
import type { PeerAddresses } from '../encoding/pairing.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { MAX_TOLD_FILMS } from '../limits.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { CircleId, DeviceKey, JournalKey } from '../types/keys.ts'
import { AddressBook } from './address-book.ts'
import { Aftermath } from './aftermath.ts'
import { Epochs } from './keys/epochs.ts'
import { HeadRoom } from './journal/head-room.ts'
import { isGenuineHead } from './journal/journal-head.ts'
import type { JournalReader } from './journal/journal-reader.ts'
import type { journalLimit } from './journal/journal-room.ts'
import { JournalRooms } from './journal/journal-rooms.ts'
import { Journals } from './journal/journals.ts'
import { knownMembers } from './known-members.ts'
import type { Mark, News } from './news.ts'
import { OwnJournal } from './journal/own-journal.ts'
import { changesRoster, Roster, rosterOf } from './roster.ts'
import type { JournalLine } from './roster.ts'
import { channelId, relaySecretIn, tagKey } from './keys/secrets.ts'

/** A film is in its author's journal before it is told of: few are ever ahead of it. */
const MAX_TOLD_FILMS_PER_DEVICE = 8

export interface CircleEvents {
  /** An entry nobody had told us before. */
  line: [JournalLine]
  roster: [Roster]
  /** A journal that is followed from now on. */
  journal: [JournalReader]
  /** More of a journal has been read, and acted on. */
  read: [JournalReader]
  /** What a hello says has changed: heads or addresses; ours, or somebody else's. */
  introduction: [whose: 'ours' | 'theirs']
  /** A member has said more than is kept of one: what comes after it waits. */
  crowded: [DeviceKey]
}

export interface CircleOptions {
  store: EvidenceStore
  keys: DeviceKeys
  state: CircleState
  /** Persists the device's state; durable when it resolves. */
  save: () => Promise<void>
  now: () => number
  /** @default journalLimit */
  limitBytes?: typeof journalLimit
}

export class Circle extends ReadyResource<CircleEvents> {
  readonly id: CircleId
  readonly channel: Uint8Array
  readonly state: CircleState
  roster = new Roster('', [])
  readonly #options: CircleOptions
  readonly #own: OwnJournal
  readonly #journals: Journals
  readonly #rooms: JournalRooms
  readonly #lines: JournalLine[] = []
  /** Of all lines those that say who belongs, and who has which secret: few. */
  readonly #rulings: JournalLine[] = []
  /** The last line of each journal, in the order of their first; a journal has one key object here. */
  readonly #ends = new Map<JournalKey, JournalLine>()
  readonly #epochs: Epochs
  readonly #addresses: AddressBook
  readonly #headRoom: HeadRoom
  /** Members whose revocation is being written: already admitted no more. */
  readonly #leaving = new Set<string>()
  /** Null where a line has come since that may change it. */
  #aftermath: Aftermath | null = null

  constructor(options: CircleOptions) {
    super()
    const { state, store, keys, now } = options
    this.#options = options
    this.state = state
    this.id = state.id
    this.channel = channelId(relaySecretIn(state.secret))
    const isKnown = (device: DeviceKey): boolean => this.admits(device)
    this.#addresses = new AddressBook({ peers: state.peers, self: keys.device, isKnown })
    this.#headRoom = new HeadRoom(state.heads)
    this.#epochs = new Epochs({
      state,
      keys,
      now,
      roster: () => this.roster,
      lines: () => this.#rulings,
      say: (entry) => this.say(entry),
      save: () => void options.save().catch(() => {}),
      onKey: (id) => this.#journals.unlock(id)
    })
    this.#rooms = new JournalRooms({
      self: keys.device,
      now,
      limitBytes: options.limitBytes,
      roster: () => this.roster,
      onCrowded: (device) => this.emit('crowded', device)
    })
    this.#journals = new Journals({
      store,
      roomOf: (device) => this.#rooms.of(device),
      keyOf: (epoch) => this.#epochs.keyOf(epoch),
      onLine: (line) => this.#onLine(line),
      onWords: (line) => this.#onWords(line),
      onRead: (reader) => this.emit('read', reader)
    })
    this.#own = new OwnJournal({
      store,
      keys,
      now,
      circle: state.id,
      keyFor: (entry) => this.#epochs.keyFor(entry),
      written: (journal) => this.#journals.get(hex(journal))!.settled(),
      last: state.journal,
      newest: state.heads.findLast(({ device }) => b4a.equals(device, keys.device)) ?? null,
      save: async (journal) => {
        state.journal = journal
        await this.#keepHead(journal.head)
      },
      abandon: async () => {
        state.journal = null
        await options.save()
      }
    })
  }

  protected override async _open(): Promise<void> {
    await this.#own.ready()
    for (const head of this.state.heads) await this.#follow(head)
    await this.#journals.settled()
    this.#epochs.start()
    this.#journals.start()
  }

  protected override async _close(): Promise<void> {
    await this.#epochs.close()
    await this.#own.close()
    await this.#journals.close()
  }

  /** What its members call it; on a relay, which is not told, the beginning of its id. */
  get name(): string {
    return this.roster.name || this.state.name || hex(this.id).slice(0, 8)
  }

  get lines(): readonly JournalLine[] {
    return this.#lines
  }

  /** Those that say who belongs, and who has which secret, in the order they came. */
  get rulings(): readonly JournalLine[] {
    return this.#rulings
  }

  /** The last line read of each journal: as much as has to be known of what was read. */
  get ends(): JournalLine[] {
    return [...this.#ends.values()]
  }

  get heads(): JournalHead[] {
    return this.state.heads
  }

  /** The journal cores open here. */
  get journals(): Hypercore[] {
    return this.#journals.all.map(({ core }) => core)
  }

  /** The journals followed here, with what reads them. */
  get readers(): Journals {
    return this.#journals
  }

  /** Keys the tags of recordings that begin now. */
  get tagKey(): Uint8Array {
    return tagKey(relaySecretIn(this.#epochs.current.secret))
  }

  /** Entries of journals that wait for a key. */
  get locked(): number {
    return this.#journals.locked
  }

  /** What revoked devices wrote after they were revoked. */
  get aftermath(): Aftermath {
    this.#aftermath ??= new Aftermath(this.roster, this.#lines, this.state.films)
    return this.#aftermath
  }

  /** The device was unlocked: later secrets that came meanwhile can be opened. */
  unlocked(): void {
    this.#epochs.retry()
  }

  /** The secrets of this circle that a new member is let have, by its role. */
  secretsFor(device: DeviceKey): Pick<CircleState, 'secret' | 'later'> {
    return this.#epochs.secretsFor(device)
  }

  /** False on a relay; and on what was one, until another organiser has let it have the rest. */
  get isWhole(): boolean {
    return this.#epochs.isWhole
  }

  /** Says something in this circle; on disk, and reflected in the roster, when it resolves. */
  say(entry: JournalEntry): Promise<void> {
    const { roster } = this
    const leaving = entry.kind === 'member-revoked' ? roster.active(entry.body.device) : null
    return leaving ? this.#part(leaving.device, entry) : this.#own.append([entry])
  }

  /** It gets nothing more from the moment on that this is asked for: not even the line that says so. */
  async #part(device: DeviceKey, entry: JournalEntry): Promise<void> {
    const rekeyed = this.#epochs.behind(device)
    if (rekeyed.length === 0) return this.#own.append([entry])
    this.#leaving.add(hex(device))
    this.emit('roster', this.roster)
    try {
      await this.#own.append([entry, ...rekeyed])
    } finally {
      this.#leaving.delete(hex(device))
      if (this.admits(device)) this.emit('roster', this.roster)
    }
  }

  /** True for members; and, until the journals are here, for who let us in and whom they told of before. */
  admits(device: DeviceKey): boolean {
    if (this.#leaving.has(hex(device))) return false
    if (this.roster.find(device) !== null) return this.roster.active(device) !== null
    const { introducer, members, revoked } = this.state
    if (revoked.some((one) => b4a.equals(one, device))) return false
    const known = introducer === null ? members : [introducer, ...members]
    return known.some((one) => b4a.equals(one, device))
  }

  /**
   * Heads and addresses that another device told us; forged heads are dropped. What a device says of
   * its own addresses replaces what was known; what others say of it only adds.
   *
   * A head is on the disk before its journal is followed: recordings that the journal announces are
   * acknowledged, and after a kill nobody would find them without it.
   */
  async meet(heads: JournalHead[], peers: PeerAddresses[], from: DeviceKey): Promise<void> {
    const fresh = heads.filter((head) => this.#take(head))
    let news = fresh.length > 0
    for (const peer of peers) news = this.#addresses.take(peer, from) || news
    if (!news) return
    await this.#options.save().catch(() => {}) // a full disk, on which nothing is acknowledged either
    for (const head of fresh) await this.#follow(head)
    this.emit('introduction', 'theirs')
  }

  /**
   * A film that is told of over a link, checked. On the disk when the promise resolves; null where
   * its author has told of too many that its journal says nothing of.
   */
  rememberFilm(film: ToldFilm): Promise<void> | null {
    const { films } = this.state
    const same = films.filter(({ device }) => b4a.equals(device, film.device))
    if (same.length >= MAX_TOLD_FILMS_PER_DEVICE || films.length >= MAX_TOLD_FILMS) return null
    films.push(film)
    return this.#options.save().catch(() => {}) // a full disk, on which nothing is acknowledged either
  }

  /** Heads and addresses learnt since `mark`: heads are only ever added to. */
  newsSince({ heads, addresses }: Mark): News {
    const { heads: all } = this.state
    const mark = { heads: all.length, addresses: this.#addresses.changes }
    return { heads: all.slice(heads), peers: this.#addresses.since(addresses), mark }
  }

  /** A member is linked, and from there. */
  linkedFrom(device: DeviceKey, address: Address): void {
    this.#addresses.linked(device, address)
  }

  /** Where a member was last reached, or said it could be. */
  addressesOf(device: DeviceKey): Address[] {
    return this.#addresses.of(device)
  }

  /** Outside the store, which may be lost. Takes nobody away whose line has only not been read yet. */
  #rememberMembers(): void {
    const known = knownMembers(this.state, this.roster)
    if (known === null) return
    Object.assign(this.state, known)
    void this.#options.save().catch(() => {}) // a full disk: the journals say it as well
  }

  /** True where it is genuine and new. */
  #take(head: JournalHead): boolean {
    if (!this.#headRoom.has(head, this.roster) || !isGenuineHead(this.id, head)) return false
    this.state.heads.push(head)
    return true
  }

  async #keepHead(head: JournalHead): Promise<void> {
    this.state.heads.push(head)
    await this.#options.save()
    await this.#follow(head)
    this.emit('introduction', 'ours')
  }

  /** True where our journals have room for what is said elsewhere as well. */
  get hasRoomForReceipts(): boolean {
    return this.#rooms.hasRoomForReceipts
  }

  async #follow(head: JournalHead): Promise<void> {
    if (this.closing) return
    const isOurs = b4a.equals(head.device, this.#options.keys.device)
    const reader = await this.#journals.follow(head, isOurs)
    if (reader) this.emit('journal', reader)
  }

  /** A journal tells of it: once that is on the disk itself, which a power cut would else take with it. */
  async #forgetFilm({ entry, device }: JournalLine): Promise<void> {
    if (this.state.films.length === 0 || entry.kind !== 'recording-announced') return
    const { recording } = entry.body
    const isOther = (film: ToldFilm): boolean =>
      !b4a.equals(film.device, device) || !b4a.equals(film.body.recording, recording)
    if (this.state.films.every(isOther)) return
    await this.#options.store.durable()
    this.state.films = this.state.films.filter(isOther)
  }

  /** Nothing of it counts otherwise than before; but people have names now. */
  #onWords(line: JournalLine): void {
    if (!changesRoster(line)) return
    this.roster = rosterOf(this.id, this.#rulings)
    this.emit('roster', this.roster)
  }

  #onLine(line: JournalLine): void {
    const isNews = changesRoster(line)
    this.#lines.push(line)
    if (isNews || line.entry.kind === 'rekeyed') this.#rulings.push(line)
    const { index } = this.#ends.get(line.journal) ?? line
    if (line.index >= index) this.#ends.set(line.journal, line)
    this.#forgetFilm(line).catch(() => {}) // a disk that refuses: it stays remembered
    if (this.#aftermath?.take(line) === false) this.#aftermath = null
    if (isNews) {
      this.roster = rosterOf(this.id, this.#rulings)
      this.#aftermath = null
    }
    if (isNews || line.entry.kind === 'rekeyed') this.#epochs.take(line)
    if (isNews) {
      this.#rememberMembers()
      this.emit('roster', this.roster)
    }
    this.emit('line', line)
  }
}
