// Whom we tell how much of which journals we have. Our own at once, to all: who is linked with us hears it
// from us and from nobody else. What must be known wherever it can be known, at once to all as well. The
// rest to one member after the other: whoever is not linked with its author hears of it so, a moment
// later, and nobody hears fifty times of every entry.
// Must never: tell of an entry before it has been read and acted on: it may revoke whom we tell.

import type { JournalReader } from '../../circle/journal/journal-reader.ts'
import type { Journals } from '../../circle/journal/journals.ts'
import type { JournalLength } from '../../encoding/control.ts'
import { treeHashOf } from '../../store/hypercore/compare-trees.ts'
import { Gathered } from '../gathered.ts'
import type { Peer } from '../members/peer.ts'
import type { Channels } from './channels.ts'

const OWN_EVERY_MS = 100
/** What everybody is told of at once, everybody passes on: more often would be the cube of the members. */
const URGENT_EVERY_MS = 1000
/** Four members in a second: what one of fifty knows all know after three seconds, by whatever bridge. */
const ROUND_MS = 250

export interface TellingOptions {
  journals: Journals
  channels: Channels
  isOurs: (reader: JournalReader) => boolean
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Tells it of heads and addresses that it does not know. @returns true where there were any */
  introduce: (peer: Peer) => boolean
}

export class Telling {
  readonly #options: TellingOptions
  /** By journal, the number of the change that it grew with last. */
  readonly #changedAt = new Map<string, number>()
  #changes = 0
  readonly #ours = new Set<JournalReader>()
  readonly #urgent = new Set<JournalReader>()
  readonly #tellOurs = new Gathered(() => this.#tellAll(this.#ours), OWN_EVERY_MS)
  readonly #tellUrgent = new Gathered(() => this.#tellAll(this.#urgent), URGENT_EVERY_MS)
  readonly #rounds = new Gathered(() => this.#round(), ROUND_MS)
  /** Whose turn it was last. */
  #turn = 0

  constructor(options: TellingOptions) {
    this.#options = options
  }

  close(): void {
    for (const gathered of [this.#tellOurs, this.#tellUrgent, this.#rounds]) gathered.stop()
  }

  /** It is here: everything, also what it has told of first. Who waits to be heard learns that it was. */
  greet(peer: Peer): void {
    peer.journals.toldUpTo = this.#changes
    const known = this.#options.journals.all.filter(({ given }) => given > 0)
    if (known.length > 0) peer.channel?.tellJournals(known.map(lengthOf))
  }

  /** More of a journal has been read. @param isUrgent it says what must be known at once */
  grew(reader: JournalReader, isUrgent: boolean): void {
    this.#changedAt.set(reader.id, ++this.#changes)
    if (this.#options.isOurs(reader)) {
      this.#ours.add(reader)
      this.#tellOurs.ask()
    } else if (isUrgent) {
      this.#urgent.add(reader)
      this.#tellUrgent.ask()
    }
    this.#rounds.ask()
  }

  /** Of what stood open both know how long it is, and not whether it is the same. */
  rested(peer: Peer, readers: JournalReader[]): void {
    peer.channel?.tellJournals(readers.map(lengthOf))
  }

  /** Heads or addresses of others have come. */
  introduced(): void {
    this.#rounds.ask()
  }

  #tellAll(what: Set<JournalReader>): void {
    const readers = [...what]
    what.clear()
    const { channels, peers } = this.#options
    for (const peer of peers()) {
      this.#tell(
        peer,
        readers.filter((reader) => !channels.isOpen(reader, peer))
      )
    }
  }

  /** The next member to which something is new is told; after that, others have their turn. */
  #round(): void {
    const peers = this.#options.peers()
    for (let i = 0; i < peers.length; i++) {
      if (this.#update(peers[++this.#turn % peers.length]!)) return this.#rounds.ask()
    }
  }

  /** @returns true where there was something to tell */
  #update(peer: Peer): boolean {
    const { introduce } = this.#options
    const isIntroduced = introduce(peer)
    const readers = this.#newTo(peer)
    peer.journals.toldUpTo = this.#changes
    return this.#tell(peer, readers) || isIntroduced
  }

  #newTo({ journals: { toldUpTo } }: Peer): JournalReader[] {
    if (toldUpTo === this.#changes) return []
    return this.#options.journals.all.filter(({ id }) => this.#changedAt.get(id)! > toldUpTo)
  }

  /** @returns true where it did not know */
  #tell(peer: Peer, readers: JournalReader[]): boolean {
    const { channels } = this.#options
    const news = readers.filter((reader) => reader.given > channels.lengthAt(reader, peer))
    if (news.length > 0) peer.channel?.tellJournals(news.map(lengthOf))
    return news.length > 0
  }
}

/** Without a hash where more is signed than has been read: that of less would have to be looked up. */
function lengthOf({ core, given: length }: JournalReader): JournalLength {
  const treeHash = core.length === length ? treeHashOf(core) : null
  return { journal: core.key, length, treeHash }
}
