// One circle as this device knows it: its own journal, everybody's journals, the roster that follows
// from them, and where the members were last reached. The facade of `core/circle`.
// Must never: touch the network; `exchange/exchange.ts` tells it what links bring.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import type { CircleState } from '../encoding/memory/device-state.ts'
import { hex } from '../encoding/hex.ts'
import type { CircleCreated, JournalEntry } from '../encoding/journal/journal-entry.ts'
import type { JournalHead } from '../encoding/journal/journal-head.ts'
import type { ProvenLine } from '../encoding/journal/proven-line.ts'
import type { PeerAddresses } from '../encoding/pairing/pairing.ts'
import type { CircleId, DeviceKey, RecordingKey } from '../types/keys.ts'
import { Aftermath } from './aftermath.ts'
import { annotationsIn } from './annotations.ts'
import type { Annotated, NoteOpener } from './annotations.ts'
import { FilmsAhead } from './remembered/films-ahead.ts'
import type { Founding } from './founding.ts'
import { Introductions } from './remembered/introductions.ts'
import { Epochs } from './keys/epochs.ts'
import { JournalRooms } from './journal/room/journal-rooms.ts'
import { Journals } from './journal/journals.ts'
import type { JournalReader } from './journal/journal-reader.ts'
import { isAdmitted, knownMembers } from './remembered/known-members.ts'
import { Lines } from './lines.ts'
import type { CircleEvents, CircleOptions } from './options.ts'
import { OwnJournal } from './journal/own-journal.ts'
import { Parting } from './parting.ts'
import { changesRoster, cutOffSince, lineThatCut, Roster, rosterOf } from './roster.ts'
import type { JournalLine } from './roster.ts'
import { Weighing } from './weighing.ts'
import { channelId, relaySecretIn } from './keys/secrets.ts'

export class Circle extends ReadyResource<CircleEvents> {
  readonly id: CircleId
  readonly channel: Uint8Array
  readonly state: CircleState
  readonly epochs: Epochs
  readonly introductions: Introductions
  readonly filmsAhead: FilmsAhead
  readonly #options: CircleOptions
  readonly #own: OwnJournal
  readonly #journals: Journals
  readonly #rooms: JournalRooms
  readonly #parting: Parting
  readonly #lines = new Lines()
  /** Members whose revocation is being written: already admitted no more. */
  readonly #leaving = new Set<string>()
  #roster = new Roster('', [])
  /** Somebody has said another name since: looked at when somebody asks, however many come at once. */
  #isNameDue = false
  readonly #weighing = new Weighing((lines, hasWords) => this.#weigh(lines, hasWords))
  /** Null where a line has come since that may change it. */
  #aftermath: Aftermath | null = null

  constructor(options: CircleOptions) {
    super()
    const { state, store, keys, now } = options
    this.#options = options
    this.state = state
    this.id = state.id
    this.channel = channelId(relaySecretIn(state.secret))
    this.filmsAhead = new FilmsAhead({ state, save: () => this.#saveIfRoom(), store })
    this.introductions = new Introductions({
      state,
      self: keys.device,
      isKnown: (device) => this.admits(device),
      roster: () => this.roster
    })
    this.epochs = new Epochs({
      state,
      keys,
      now,
      roster: () => this.roster,
      lines: () => this.rulings,
      say: (entry) => this.say(entry),
      save: () => void this.#saveIfRoom(),
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
      keyOf: (epoch) => this.epochs.keyOf(epoch),
      onLine: (line) => this.#onLine(line),
      onWords: (line) => void (changesRoster(line) && this.#weighing.addWords()),
      onRead: (reader) => this.#onRead(reader)
    })
    this.#parting = new Parting({
      ...{ state, self: keys.device, journals: this.#journals },
      keyOf: (epoch) => this.epochs.keyOf(epoch),
      rulings: () => this.#lines.rulings
    })
    this.#own = new OwnJournal({
      store,
      keys,
      now,
      circle: state.id,
      keyFor: (entry) => this.epochs.keyFor(entry),
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
    this.#weighing.now()
    if (this.#parting.load()) this.#evaluate()
    this.epochs.start()
    this.#journals.start()
  }

  /** Our own journal before the others: what was said last resolves once it has been read. */
  protected override async _close(): Promise<void> {
    await this.epochs.close()
    await this.#own.close()
    await this.#journals.close()
    this.#weighing.stop()
  }

  get roster(): Roster {
    if (this.#isNameDue) this.#roster = this.#roster.renamed(this.#names)
    this.#isNameDue = false
    return this.#roster
  }

  /** What its members call it; on a relay, which is not told, the beginning of its id. */
  get name(): string {
    return this.givenName || hex(this.id).slice(0, 8)
  }

  /** Empty where nobody gave it one, or has told us. */
  get givenName(): string {
    return this.roster.name || this.state.name
  }

  /** But for what devices say they are called, of which few are kept. */
  get lines(): readonly JournalLine[] {
    return this.#lines.all
  }

  /** Those that say who belongs, and who has which secret, in the order they came. */
  get rulings(): readonly JournalLine[] {
    return this.#parting.addTo(this.#lines.rulings)
  }

  /** What has been said of a recording afterwards, as lines, whether it counts or not. */
  linesAbout(recording: RecordingKey): readonly JournalLine[] {
    return this.#lines.about(recording)
  }

  /** What a device has said it is called, as far as that is kept, whether it counts or not. */
  namesSaidBy(device: DeviceKey): JournalLine[] {
    return this.#lines.names.filter((line) => b4a.equals(line.device, device))
  }

  /** The same as far as it counts and opens, by the moment it is about. */
  annotationsOf(recording: RecordingKey, opener: NoteOpener): Annotated[] {
    return annotationsIn(this.linesAbout(recording), this.roster, this.aftermath, opener)
  }

  /** The last line read of each journal: as much as has to be known of what was read. */
  get ends(): JournalLine[] {
    return this.#lines.ends
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

  /** What all journals that are here take on the disk. */
  get journalBytes(): number {
    return this.#rooms.usedBytes
  }

  /** True where our journals have room for what is said elsewhere as well. */
  get hasRoomForReceipts(): boolean {
    return this.#rooms.hasRoomForReceipts
  }

  /** What revoked devices wrote after they were revoked. */
  get aftermath(): Aftermath {
    this.#aftermath ??= new Aftermath(this.roster, this.lines, this.state.films)
    return this.#aftermath
  }

  /** Its first statement, where this device founds it. @param founding whose id it has */
  found({ salt }: Founding, body: CircleCreated): Promise<void> {
    this.#own.beginWith(salt)
    return this.#own.append([{ kind: 'circle-created', body }])
  }

  /** Says something in this circle; on disk, and reflected in the roster, when it resolves. */
  say(entry: JournalEntry): Promise<void> {
    const { roster } = this
    const leaving = entry.kind === 'member-revoked' ? roster.active(entry.body.device) : null
    return leaving ? this.#part(leaving.device, entry) : this.#own.append([entry])
  }

  /** Several things in one piece, none of which says who belongs. */
  sayAll(entries: JournalEntry[]): Promise<void> {
    return this.#own.append(entries)
  }

  /** Somebody shows this device the line that has cut it off, which no journal brings it any more. */
  learnOut(proven: ProvenLine): void {
    const line = this.#parting.take(proven, this.roster)
    if (line === null) return
    void this.#saveIfRoom()
    this.epochs.take(line)
    this.#weighing.add(line)
    this.#weighing.now()
  }

  /** Its journals bring it nothing more from the moment on that this is asked for, not even that line. */
  async #part(device: DeviceKey, entry: JournalEntry): Promise<void> {
    const rekeyed = this.epochs.behind(device)
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

  /** True for members, and for few others. @see isAdmitted */
  admits(device: DeviceKey): boolean {
    return !this.#leaving.has(hex(device)) && isAdmitted(this, this.#options.keys.device, device)
  }

  /**
   * Heads and addresses that another device told us.
   *
   * A head is on the disk before its journal is followed: recordings that the journal announces are
   * acknowledged, and after a kill nobody would find them without it.
   */
  async meet(heads: JournalHead[], peers: PeerAddresses[], from: DeviceKey): Promise<void> {
    const fresh = this.introductions.take(heads, peers, from)
    if (fresh === null) return
    await this.#saveIfRoom()
    for (const head of fresh) await this.#follow(head)
    this.emit('introduction', 'theirs')
  }

  /** Outside the store, which may be lost. Takes nobody away whose line has only not been read yet. */
  #rememberMembers(before: Roster): void {
    const known = knownMembers(this.state, this.roster, before)
    if (known === null) return
    Object.assign(this.state, known)
    void this.#saveIfRoom()
  }

  /** On a full disk nothing is acknowledged, and the journals say it as well. */
  async #saveIfRoom(): Promise<void> {
    await this.#options.save().catch(() => {})
  }

  async #keepHead(head: JournalHead): Promise<void> {
    this.state.heads.push(head)
    await this.#options.save()
    await this.#follow(head)
    this.emit('introduction', 'ours')
  }

  async #follow(head: JournalHead): Promise<void> {
    if (this.closing) return
    const isOurs = b4a.equals(head.device, this.#options.keys.device)
    const reader = await this.#journals.follow(head, isOurs)
    if (reader) this.#weighing.settled(() => this.emit('journal', reader))
  }

  /** All that was said of who belongs and of what each is called. */
  #evaluate(): void {
    this.#roster = rosterOf(this.id, [...this.rulings, ...this.#names])
    this.#isNameDue = false
  }

  /** What devices say they are called, and which journal came after which. */
  get #names(): JournalLine[] {
    return [...this.#lines.names, ...this.#lines.ends]
  }

  /** What we say ourselves counts when it has been said. */
  #onRead(reader: JournalReader): void {
    this.#weighing.settled(() => this.emit('read', reader))
    if (b4a.equals(reader.head.device, this.#options.keys.device)) this.#weighing.now()
  }

  #onLine(line: JournalLine): void {
    const added = this.#lines.add(line)
    this.filmsAhead.take(line)
    if (this.#aftermath?.take(line) === false) this.#aftermath = null
    if (added === 'name') this.#isNameDue = true
    if (added !== 'ruling') return void this.emit('line', line)
    this.epochs.take(line) // a secret opens what comes next, whoever belongs
    this.#weighing.add(line)
  }

  /** All that was read of who belongs since the last time. @param hasWords people have names now */
  #weigh(lines: JournalLine[], hasWords: boolean): void {
    const before = this.#roster
    const news = lines.filter(changesRoster)
    const isNew = news.length > 0 || hasWords
    if (isNew) this.#evaluate()
    if (news.length > 0) this.#aftermath = null
    if (lines.length > 0) this.epochs.weighed()
    if (news.length > 0) this.#rememberMembers(before)
    if (isNew) this.emit('roster', this.roster)
    for (const device of cutOffSince(before, this.roster)) {
      this.emit('cut', lineThatCut(this.id, this.rulings, news, device), [device])
    }
    for (const line of lines) this.emit('line', line)
  }
}
