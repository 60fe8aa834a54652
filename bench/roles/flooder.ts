// A hostile device in a process of its own: a stranger that floods a port, a member that floods its link.

import HyperDHT from 'hyperdht'
import b4a from 'b4a'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { knock, throwGarbage } from '../../test/links/flooder/strangers.ts'
import { turn } from '../../test/links/flooder/turned.ts'
import type { Turned } from '../../test/links/flooder/turned.ts'
import { nowMs } from '../lib/clock.ts'
import { serve } from '../lib/serve.ts'

interface Where {
  device: string
  port: number
}

/** Of each, a second; a thousand strangers within ten. */
const KNOCKS_AT_ONCE = 100
const PACKETS_AT_ONCE = 1000

const dht = new HyperDHT({ bootstrap: [], host: '127.0.0.1' })
let isFlooding = false

serve({
  /** Floods until `calm`, under the key of this seed or keys it makes up; says how much that was, and how often it was answered. */
  async strangers({ seed, ...where }: Where & { seed?: string }) {
    const keyPair = seed === undefined ? null : new DeviceKeys(b4a.from(seed, 'hex')).noise
    isFlooding = true
    const flood = { knocks: 0, packets: 0, answered: 0 }
    while (isFlooding) {
      const second = new Promise<void>((resolve) => setTimeout(resolve, 1000))
      flood.answered += await knock(dht, victimOf(where), KNOCKS_AT_ONCE, keyPair)
      await throwGarbage(dht, victimOf(where), PACKETS_AT_ONCE)
      flood.knocks += KNOCKS_AT_ONCE
      flood.packets += PACKETS_AT_ONCE
      await second
    }
    return flood
  },

  calm: () => void (isFlooding = false),

  /** Attacks once; says for how long its link stood, and whether it was let in again. */
  async turn({ member, ...where }: Where & { member: Turned }) {
    let openedAtMs = 0
    const told = { cutMs: NaN, again: true }
    await turn(dht, victimOf(where), member, (event, fields: { opened?: boolean } = {}) => {
      if (event === 'opened') openedAtMs = nowMs()
      if (event === 'closed') told.cutMs = nowMs() - openedAtMs
      if (event === 'again') told.again = fields.opened === true
    })
    return told
  },

  close: () => dht.destroy()
})

function victimOf({ device, port }: Where): { device: Uint8Array; port: number } {
  return { device: b4a.from(device, 'hex'), port }
}
