// What was really filmed, and who is known to have it: what every device is held to in the end. Learnt
// as the honest authors make their blocks, before any of them leaves.

import b4a from 'b4a'
import { hex } from '../../../core/encoding/hex.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { LogTree } from '../../../core/recording/log-tree.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import type { Announced } from '../../../core/replica/announced.ts'
import type { DeviceKey, RecordingKey } from '../../../core/types/keys.ts'

export interface Filmed {
  key: RecordingKey
  author: DeviceKey
  announced: Announced
  /** Who could read when it began; the author itself only where it knew of nobody else. */
  readers: DeviceKey[]
  blocks: Uint8Array[]
}

/** A key of a film that was given afterwards. */
interface Given {
  recording: RecordingKey
  to: DeviceKey
  /** Whoever gave it knew of nothing that spoke against it then. */
  isRightful: boolean
}

export class Truth {
  readonly #filmed = new Map<string, Filmed>()
  readonly #given: Given[] = []

  get all(): Filmed[] {
    return [...this.#filmed.values()]
  }

  of(key: RecordingKey): Filmed | null {
    return this.#filmed.get(hex(key)) ?? null
  }

  /** True where that device was given the key of a film by somebody who could not know better. */
  wasGiven(filmed: Filmed, device: DeviceKey): boolean {
    const isIt = ({ recording, to }: Given): boolean =>
      b4a.equals(recording, filmed.key) && b4a.equals(to, device)
    const given = this.#given.filter(isIt)
    return given.length > 0 && given.every(({ isRightful }) => isRightful)
  }

  /** Every film that an honest device begins here, block by block. */
  watch(exchange: Exchange): void {
    const film = exchange.film.bind(exchange)
    exchange.film = async (announced) => {
      const filmed = this.#begin(announced, exchange)
      const replica = await film(announced)
      const publish = replica.publish.bind(replica)
      replica.publish = (block) => {
        filmed.blocks.push(b4a.from(block.value))
        return publish(block)
      }
      return replica
    }
  }

  /** Every key that a device gives, a hostile one too: who can open a film can hand it on. */
  watchGiving({ circle }: Exchange): void {
    const sayAll = circle.sayAll.bind(circle)
    circle.sayAll = (entries) => {
      for (const { kind, body } of entries) {
        if (kind !== 'grant') continue
        const { recording, device: to } = body
        const role = circle.roster.active(to)?.role ?? 'relay'
        const isAuthor = b4a.equals(to, this.of(recording)?.author ?? to)
        this.#given.push({ recording, to, isRightful: role !== 'relay' && !isAuthor })
      }
      return sayAll(entries)
    }
  }

  #begin(announced: Announced, { circle }: Exchange): Filmed {
    const { recording: key, author } = announced
    const others = circle.roster.members
      .filter(({ role, state }) => role !== 'relay' && state === 'active')
      .map(({ device }) => device)
      .filter((device) => !b4a.equals(device, author))
    const readers = others.length > 0 ? others : [author]
    const filmed = { key, author, announced, readers, blocks: [] }
    this.#filmed.set(hex(key), filmed)
    return filmed
  }
}

/** Of each film, the tree hash over its first blocks, by how many: asked for again at every settling. */
const treeHashes = new WeakMap<Filmed, Map<number, Uint8Array>>()

/** The tree hash over the first `length` blocks, of which there may be fewer. */
export function treeHashOf(filmed: Filmed, length: number): Uint8Array {
  const known = treeHashes.get(filmed) ?? new Map<number, Uint8Array>()
  treeHashes.set(filmed, known)
  const count = Math.min(length, filmed.blocks.length)
  const hash = known.get(count) ?? hashOf(filmed.blocks.slice(0, count))
  known.set(count, hash)
  return hash
}

function hashOf(blocks: Uint8Array[]): Uint8Array {
  const tree = new LogTree()
  for (const block of blocks) tree.append(block)
  return tree.hash()
}

/** Longest length that each holder signed for, by recording: as others counted it, and as it said itself. */
export class Ledger {
  readonly #entries = new Map<string, Receipt>()

  note(receipt: Receipt): void {
    const id = hex(receipt.holder) + hex(receipt.recording)
    const known = this.#entries.get(id)
    if (known === undefined || known.length < receipt.length) this.#entries.set(id, receipt)
  }

  of(holder: DeviceKey): Receipt[] {
    return [...this.#entries.values()].filter((receipt) => b4a.equals(receipt.holder, holder))
  }

  get all(): Receipt[] {
    return [...this.#entries.values()]
  }
}
