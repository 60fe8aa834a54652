// One circle as this device knows it: its own journal, everybody's journals, the roster that follows
// from them, and where the members were last reached. The facade of `core/circle`.
// Must never: touch the network; `replica/exchange.ts` tells it what links bring.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import { addressKey } from '../encoding/address.ts'
import type { Address } from '../encoding/address.ts'
import { coreKey } from '../encoding/core-key.ts'
import type { CircleState } from '../encoding/device-state.ts'
import { hex } from '../encoding/hex.ts'
import type { JournalEntry, RecordingAnnounced } from '../encoding/journal-entry.ts'
import type { JournalHead } from '../encoding/journal-head.ts'
import type { PeerAddresses } from '../encoding/pairing.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import {
  MAX_ADDRESSES,
  MAX_HEADS,
  MAX_JOURNALS_PER_DEVICE,
  MAX_MEMBERS,
  MAX_TOLD_FILMS
} from '../limits.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { CircleId, DeviceKey } from '../types/keys.ts'
import { isGenuineHead } from './journal-head.ts'
import { JournalReader } from './journal-reader.ts'
import { OwnJournal } from './own-journal.ts'
import { changesRoster, Roster, rosterOf } from './roster.ts'
import type { JournalLine } from './roster.ts'
import { channelId, journalKey, tagKey } from './secrets.ts'

/** Heads of devices that no journal read so far calls members. */
const MAX_STRANGE_HEADS = 64
/** A film is in its author's journal before it is told of: few are ever ahead of it. */
const MAX_TOLD_FILMS_PER_DEVICE = 8

export interface CircleEvents {
  /** An entry nobody had told us before. */
  line: [JournalLine]
  roster: [Roster]
  /** A journal core to replicate with the members. */
  journal: [Hypercore]
  /** What a hello says has changed: heads or addresses. */
  introduction: []
}

export interface CircleOptions {
  store: EvidenceStore
  keys: DeviceKeys
  state: CircleState
  /** Persists the device's state; durable when it resolves. */
  save: () => Promise<void>
  now: () => number
}

export class Circle extends ReadyResource<CircleEvents> {
  readonly id: CircleId
  readonly channel: Uint8Array
  readonly tagKey: Uint8Array
  readonly state: CircleState
  roster = new Roster('', [])
  readonly #options: CircleOptions
  readonly #own: OwnJournal
  readonly #readers = new Map<string, JournalReader>()
  readonly #lines: JournalLine[] = []

  constructor(options: CircleOptions) {
    super()
    const { state, store, keys, now } = options
    this.#options = options
    this.state = state
    this.id = state.id
    this.channel = channelId(state.secret)
    this.tagKey = tagKey(state.secret)
    this.#own = new OwnJournal({
      store,
      keys,
      now,
      circle: state.id,
      journalKey: journalKey(state.secret),
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
  }

  protected override async _close(): Promise<void> {
    await this.#own.close()
    for (const reader of this.#readers.values()) await reader.close()
  }

  get name(): string {
    return this.roster.name || this.state.name
  }

  get lines(): readonly JournalLine[] {
    return this.#lines
  }

  get heads(): JournalHead[] {
    return this.state.heads
  }

  /** The journal cores open here, for replication with members. */
  get journals(): Hypercore[] {
    return [...this.#readers.values()].filter(({ opened }) => opened).map(({ core }) => core)
  }

  /** Says something in this circle; on disk, and reflected in the roster, when it resolves. */
  async say(entry: JournalEntry): Promise<void> {
    const { journal } = await this.#own.append(entry)
    await this.#readers.get(hex(journal))?.settled()
  }

  /** True for members; and, until the journals are here, for who let us in and whom they told of before. */
  admits(device: DeviceKey): boolean {
    if (this.roster.find(device) !== null) return this.roster.active(device) !== null
    const { introducer, members } = this.state
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
    for (const peer of peers) {
      news = this.#remember(peer, b4a.equals(peer.device, from)) || news
    }
    if (!news) return
    await this.#options.save().catch(() => {}) // a full disk, on which nothing is acknowledged either
    for (const head of fresh) await this.#follow(head)
    this.emit('introduction')
  }

  /**
   * A film its author tells of over a link, checked. On the disk when the promise resolves; null where
   * its author has told of too many that its journal says nothing of.
   */
  rememberFilm(device: DeviceKey, body: RecordingAnnounced): Promise<void> | null {
    const { films } = this.state
    const same = films.filter((film) => b4a.equals(film.device, device))
    if (same.length >= MAX_TOLD_FILMS_PER_DEVICE || films.length >= MAX_TOLD_FILMS) return null
    films.push({ device, body })
    return this.#options.save().catch(() => {}) // a full disk, on which nothing is acknowledged either
  }

  /** Where a member was last reached, or said it could be. */
  addressesOf(device: DeviceKey): Address[] {
    return this.#peer(device)?.addresses ?? []
  }

  #peer(device: DeviceKey): PeerAddresses | undefined {
    return this.state.peers.find((peer) => b4a.equals(peer.device, device))
  }

  #remember({ device, addresses }: PeerAddresses, firstHand: boolean): boolean {
    if (addresses.length === 0 || b4a.equals(device, this.#options.keys.device)) return false
    const known = this.#peer(device)
    if (!known && this.state.peers.length >= MAX_MEMBERS) return false
    const merged = firstHand ? addresses : mergeAddresses(known?.addresses ?? [], addresses)
    if (known && sameAddresses(known.addresses, merged)) return false
    if (known) known.addresses = merged
    else this.state.peers.push({ device, addresses: merged })
    return true
  }

  /** Outside the store, which may be lost. Takes nobody away whose line has only not been read yet. */
  #rememberMembers(): void {
    const { state } = this
    const known = new Map(state.members.map((device) => [hex(device), device]))
    for (const { device, revoked } of this.roster.members) {
      if (revoked === null) known.set(hex(device), device)
      else known.delete(hex(device))
    }
    const same =
      known.size === state.members.length && state.members.every((one) => known.has(hex(one)))
    if (same) return
    state.members = [...known.values()].slice(0, MAX_MEMBERS)
    void this.#options.save().catch(() => {}) // a full disk: the journals say it as well
  }

  /** True where it is genuine and new. */
  #take(head: JournalHead): boolean {
    if (this.#knows(head) || !this.#hasRoomFor(head)) return false
    if (!isGenuineHead(this.id, head)) return false
    this.state.heads.push(head)
    return true
  }

  async #keepHead(head: JournalHead): Promise<void> {
    this.state.heads.push(head)
    await this.#options.save()
    await this.#follow(head)
    this.emit('introduction')
  }

  #knows(head: JournalHead): boolean {
    return this.state.heads.some((known) => b4a.equals(known.signer, head.signer))
  }

  #hasRoomFor({ device }: JournalHead): boolean {
    const { heads } = this.state
    if (heads.length >= MAX_HEADS) return false
    const same = heads.filter((known) => b4a.equals(known.device, device))
    if (same.length >= MAX_JOURNALS_PER_DEVICE) return false
    return this.roster.find(device) !== null || !this.#hasManyStrangers()
  }

  /** Anyone can make device keys and vouch for journals of theirs; a newcomer's head may come early. */
  #hasManyStrangers(): boolean {
    if (this.roster.members.length === 0) return false
    const strangers = this.state.heads.filter(({ device }) => this.roster.find(device) === null)
    return strangers.length >= MAX_STRANGE_HEADS
  }

  async #follow(head: JournalHead): Promise<void> {
    const id = hex(coreKey(head.signer))
    if (this.#readers.has(id) || this.closing) return
    const { store } = this.#options
    const reader = new JournalReader({
      store,
      head,
      journalKey: journalKey(this.state.secret),
      onLine: (line) => this.#onLine(line)
    })
    this.#readers.set(id, reader)
    await reader.ready()
    this.emit('journal', reader.core)
  }

  /** The journal tells of it now; gone from the disk with the next save. */
  #forgetFilm({ entry, device }: JournalLine): void {
    if (entry.kind !== 'recording-announced' || this.state.films.length === 0) return
    const { recording } = entry.body
    this.state.films = this.state.films.filter(
      (film) => !b4a.equals(film.device, device) || !b4a.equals(film.body.recording, recording)
    )
  }

  #onLine(line: JournalLine): void {
    this.#lines.push(line)
    this.#forgetFilm(line)
    if (changesRoster(line)) {
      this.roster = rosterOf(this.id, this.#lines)
      this.#rememberMembers()
      this.emit('roster', this.roster)
    }
    this.emit('line', line)
  }
}

/** What was known first, then what is new, up to the limit. */
function mergeAddresses(known: Address[], fresh: Address[]): Address[] {
  const merged = new Map<string, Address>()
  for (const address of [...known, ...fresh]) {
    if (!merged.has(addressKey(address))) merged.set(addressKey(address), address)
  }
  return [...merged.values()].slice(0, MAX_ADDRESSES)
}

function sameAddresses(a: Address[], b: Address[]): boolean {
  return a.map(addressKey).sort().join() === b.map(addressKey).sort().join()
}
