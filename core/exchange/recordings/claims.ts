// Recordings that several members call theirs. Who said so first is believed until the first block is
// here, which only its author can have made; then whom that names.
// Must never: take a recording from its author, whoever is revoked, or says that it has ended.

import { hex } from '../../encoding/hex.ts'
import type { CircleId } from '../../types/keys.ts'
import { isMadeBy } from '../../replica/announced.ts'
import type { Announced } from '../../replica/announced.ts'
import type { Replica } from '../../replica/replica.ts'

export class Claims {
  readonly #circle: CircleId
  /** By recording, then by who says it is theirs: those that are not believed so far. */
  readonly #others = new Map<string, Map<string, Announced>>()

  constructor(circle: CircleId) {
    this.#circle = circle
  }

  /** Somebody else than who is believed says that it is theirs. */
  add(announced: Announced): void {
    const id = hex(announced.recording)
    const others = this.#others.get(id) ?? new Map<string, Announced>()
    this.#others.set(id, others.set(hex(announced.author), announced))
  }

  /** True where there is any doubt whose it is. */
  doubts({ id }: Replica): boolean {
    return this.#others.has(id)
  }

  /** Looks whom the first block names, where it is here and there is any doubt. @returns true where it was another */
  async settle(replica: Replica): Promise<boolean> {
    const others = this.#others.get(hex(replica.key))
    if (others === undefined || replica.core === null || replica.length === 0) return false
    const block0 = await replica.core.get(0, { wait: false })
    if (block0 === null || this.#others.get(hex(replica.key)) !== others) return false
    this.#others.delete(hex(replica.key))
    if (isMadeBy(this.#circle, replica.announced, block0) !== false) return false
    const author = [...others.values()].find((one) => isMadeBy(this.#circle, one, block0))
    if (author) replica.attribute(author)
    return author !== undefined
  }
}
