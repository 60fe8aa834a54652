// What authors have told us about whom to follow for their recordings, as far as it is news.

import b4a from 'b4a'
import type { Route } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import type { Announced } from '../../replica/announced.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** Of one author: it films one recording at a time, and older ones are over. */
const MAX_ROUTES = 16

export class Routes {
  /** By author, then by recording: nobody's many make another's forgotten. */
  readonly #all = new Map<string, Map<string, DeviceKey[]>>()

  /** @param by a member, whose link it came over: for the recording of anybody else it means nothing */
  add(by: DeviceKey, { recording, upstreams }: Route): void {
    const routes = this.#all.get(hex(by)) ?? new Map<string, DeviceKey[]>()
    this.#all.set(hex(by), routes)
    routes.delete(hex(recording))
    routes.set(hex(recording), upstreams)
    const oldest = routes.keys().next().value
    if (routes.size > MAX_ROUTES && oldest !== undefined) routes.delete(oldest)
  }

  /** The place of `device` among those its author names, or -1. */
  placeOf(device: DeviceKey, { recording, author }: Announced): number {
    const route = this.#all.get(hex(author))?.get(hex(recording))
    return route?.findIndex((upstream) => b4a.equals(upstream, device)) ?? -1
  }
}
