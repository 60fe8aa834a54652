// What changes who belongs, as far as this device does it: founding a circle, letting people in, getting in.
// Must never: change a roster by itself; every change is a line in a journal that all members hold.

import { newFounding } from '../../circle/founding.ts'
import { freshCircle } from '../../encoding/memory/device-state.ts'
import type { CircleSecret } from '../../encoding/pairing/circle-secret.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { randomBytes } from '../../identity/hash.ts'
import type { CircleId } from '../../types/keys.ts'
import type { Rendezvous } from '../../types/link.ts'
import type { Exchange } from '../exchange.ts'
import type { Circles } from './circles.ts'
import { Invites } from './invites.ts'
import { Joining } from './joining.ts'
import type { PairingMemory } from './pairing-memory.ts'

export interface MembershipOptions {
  circles: () => Circles
  memory: PairingMemory
  keys: DeviceKeys
  rendezvous: () => Rendezvous
  /** What this device calls itself. */
  name: () => string
  /** This device gave that circle up: all it held of it is gone. */
  hasLeft: (circle: CircleId) => Promise<boolean>
  now: () => number
}

export class Membership {
  readonly invites: Invites
  readonly joining: Joining
  readonly #options: MembershipOptions

  constructor(options: MembershipOptions) {
    this.#options = options
    this.invites = new Invites(options)
    this.joining = new Joining(options)
  }

  /** A new circle, this device its first organiser. */
  async found(name: string): Promise<Exchange> {
    const { circles, keys, now } = this.#options
    const founding = newFounding(keys)
    const { id } = founding
    const exchange = await circles().add(freshCircle({ id, name, secret: newSecret() }))
    const body = { ...keys.signedBox, name, deviceName: this.#options.name(), atMs: now() }
    await exchange.circle.found(founding, body)
    return exchange
  }

  /** Ends every join that is still trying, and hosts no invite any more: both can be gone on with. */
  async cancel(): Promise<void> {
    this.joining.cancel()
    await this.invites.close()
  }
}

function newSecret(): CircleSecret {
  return { whole: true, bytes: randomBytes(32) }
}
