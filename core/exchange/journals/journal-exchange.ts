// How the journals of a circle come to all its members: who is told of what is new, who is asked for it, and
// on which links a journal stands open meanwhile. Each entry crosses most links not at all.
// Must never: open a journal to a device that the circle does not admit.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import type { JournalReader } from '../../circle/journal/journal-reader.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { JournalLength, LinesWanted } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import type { ProvenLine } from '../../encoding/journal/proven-line.ts'
import { Beat } from '../../runtime/beat.ts'
import { steady } from '../../runtime/clock.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { Attempt } from '../../store/hypercore/guard.ts'
import type { DeviceKey, JournalKey } from '../../types/keys.ts'
import type { Peer } from '../members/peer.ts'
import { Channels } from './channels.ts'
import { Fetching } from './fetching.ts'
import { Showing } from './showing.ts'
import { Telling } from './telling.ts'

const TICK_MS = 500
/** Ticks after which what could not be told of where others are is tried again. */
const AGAIN_TICKS = 4

/** What takes rights away, or is to warn: it must reach whoever can be reached. */
const URGENT: ReadonlySet<JournalEntry['kind']> = new Set([
  'member-revoked',
  'seconded',
  'reinstated',
  'role-changed',
  'rekeyed',
  'alarm'
])

export interface JournalExchangeOptions {
  circle: Circle
  store: EvidenceStore
  self: DeviceKey
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Tells it of heads and addresses that it does not know. @returns true where there were any */
  introduce: (peer: Peer) => boolean
  now: () => number
}

export class JournalExchange {
  readonly #options: JournalExchangeOptions
  readonly #channels: Channels
  readonly #fetching: Fetching
  readonly #showing: Showing
  readonly #telling: Telling
  /** Journals with an urgent entry that is being read, as hex. */
  readonly #urgent = new Set<string>()
  #ticks = 0
  readonly #beat = new Beat(TICK_MS, () => this.#tick())

  constructor(options: JournalExchangeOptions) {
    const { circle, store, self, peers, introduce } = options
    const now = steady(options.now)
    const journals = circle.readers
    const channels = new Channels(store, now)
    const isOurs = ({ head }: JournalReader): boolean => b4a.equals(head.device, self)
    this.#options = options
    this.#channels = channels
    this.#fetching = new Fetching({ journals, channels, peers, now })
    this.#showing = new Showing({ journals, peers, now })
    this.#telling = new Telling({ journals, channels, isOurs, peers, introduce })
  }

  start(): void {
    const { circle, store } = this.#options
    store.on('attempt', this.#onAttempt)
    circle.on('journal', this.#onJournal)
    circle.on('read', this.#onRead)
    this.#beat.start()
  }

  close(): void {
    const { circle, store } = this.#options
    this.#beat.stop()
    store.off('attempt', this.#onAttempt)
    circle.off('journal', this.#onJournal)
    circle.off('read', this.#onRead)
    this.#telling.close()
  }

  /** A member is here. */
  greet(peer: Peer): void {
    this.#telling.greet(peer)
  }

  /** It is gone, or no member any more. */
  part(peer: Peer): void {
    this.#channels.part(peer)
    this.#fetching.part(peer)
  }

  /** It says how much of these journals it has, and which history. @throws where it does not stop */
  heard(peer: Peer, lengths: JournalLength[]): void {
    peer.countJournalNews()
    this.#fetching.heard(peer, lengths)
  }

  /** It cannot take what we have of a journal. */
  asked(peer: Peer, wanted: LinesWanted): void {
    this.#showing.asked(peer, wanted).catch(() => {}) // the journal is being closed
  }

  /** An entry of which it shows that it stands where it says. */
  shown(peer: Peer, line: ProvenLine): void {
    this.#showing.shown(peer, line)
  }

  /** True where it has that entry on its disk, as far as it says. */
  has(peer: Peer, journal: JournalKey, index: number): boolean {
    const reader = this.#options.circle.readers.get(hex(journal))
    return reader !== null && this.#channels.lengthAt(reader, peer) > index
  }

  /** It opens a core. @returns true where that is a journal, which is given to it */
  serve(peer: Peer, discoveryKey: Uint8Array): boolean {
    const reader = this.#options.circle.readers.byDiscoveryKey(discoveryKey)
    if (reader !== null) this.#channels.open(reader, peer)
    return reader !== null
  }

  /** Heads or addresses of others have come. */
  introduced(): void {
    this.#telling.introduced()
  }

  /** A line that is being read. */
  read({ journal, entry }: JournalLine): void {
    if (URGENT.has(entry.kind)) this.#urgent.add(hex(journal))
  }

  #tick(): void {
    this.#fetching.tick()
    this.#showing.tick()
    if (++this.#ticks % AGAIN_TICKS === 0) this.introduced()
    for (const [peer, readers] of this.#channels.tick()) this.#telling.rested(peer, readers)
  }

  /** The guard keeps the proof: to ask that member again would only show the same. */
  readonly #onAttempt = ({ kind, core, device }: Attempt): void => {
    const reader = this.#options.circle.readers.get(hex(core))
    const peer = this.#options.peers().find((one) => b4a.equals(one.device, device))
    if (kind !== 'rival-history' || !reader || !peer) return
    peer.journals.noteRival(reader.id)
    this.#channels.close(reader, peer)
  }

  readonly #onJournal = (reader: JournalReader): void => {
    this.#fetching.look(reader)
    if (reader.length > 0) this.#onRead(reader)
  }

  readonly #onRead = (reader: JournalReader): void => {
    this.#fetching.grew(reader)
    this.#telling.grew(reader, this.#urgent.delete(reader.id))
  }
}
