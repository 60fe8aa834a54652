// What authors have told us about whom to follow for their recordings, as far as it is news.

import b4a from 'b4a'
import type { Route } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import type { Announced } from '../../replica/announced.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** An author films one recording at a time; older ones are over. */
const MAX_ROUTES = 512

export class Routes {
  readonly #all = new Map<string, DeviceKey[]>()

  /** @param by whose link it came over: for the recording of anybody else it means nothing */
  add(by: DeviceKey, { recording, upstreams }: Route): void {
    const id = hex(recording) + hex(by)
    this.#all.delete(id)
    this.#all.set(id, upstreams)
    const oldest = this.#all.keys().next().value
    if (this.#all.size > MAX_ROUTES && oldest !== undefined) this.#all.delete(oldest)
  }

  /** The place of `device` among those its author names, or -1. */
  placeOf(device: DeviceKey, { recording, author }: Announced): number {
    const route = this.#all.get(hex(recording) + hex(author))
    return route?.findIndex((upstream) => b4a.equals(upstream, device)) ?? -1
  }
}
