// Whose turn it is to be asked for blocks. Hypercore asks one member at a time for what is new, and
// waits for it until its link is gone: one that promises and does not give, whether it lies or its line
// is dead, would keep everybody else from giving.
// Must never: let go of the only one who has more.

import type Hypercore from 'hypercore'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { Link } from '../../types/link.ts'

/** Nothing has come for so long from whoever was asked: longer than a bad line takes for a block. */
export const STALLED_MS = 5000

export class Turns {
  readonly #out = new Set<Link>()

  /** True where this link was asked in vain, and others have their turn. */
  isOut(link: Link): boolean {
    return this.#out.has(link)
  }

  /**
   * Lets go of whoever was asked, where anybody else has more, and takes back who was let go of before;
   * these also where nobody could be asked: who knows of more may be waiting for it as we are.
   * @param links of all members
   * @returns true where somebody else has the turn now
   */
  pass(core: Hypercore, links: Link[], store: EvidenceStore): boolean {
    const held = core.contiguousLength
    const ahead = core.peers.filter((peer) => !peer.paused && peer.remoteLength > held)
    const asked = ahead.filter(({ inflight }) => inflight > 0)
    const back = links.filter((link) => this.#out.has(link))
    if (back.length === 0 && (asked.length === 0 || asked.length === ahead.length)) return false
    this.#out.clear()
    for (const link of links) {
      if (!asked.some(({ protomux }) => protomux === link.mux)) continue
      this.#out.add(link)
      store.detach(core, link)
    }
    for (const link of back) store.attach(core, link)
    return true
  }
}
