// A relay in a process of its own: the whole of it, with quotas and ledger, without a status page. Notes
// when its disk has what, as a holder does.

import type { Replica } from '../../core/replica/replica.ts'
import { compileLate } from '../../core/runtime/process.ts'
import { relayOptions } from '../../relay/options/options.ts'
import { Relay } from '../../relay/relay.ts'
import { until } from '../lib/clock.ts'
import { hex } from '../lib/hex.ts'
import { serve } from '../lib/serve.ts'
import { HeldLog } from '../lib/counted/held-log.ts'
import { Meter, Peak } from '../lib/counted/usage.ts'

let relay: Relay
const meter = new Meter()
const peak = new Peak()
const held = new HeldLog()

serve({
  async open({ dir, host }: { dir: string; host: string }) {
    const flags = { storage: dir, bind: host, dht: 'no', lan: 'no', 'keep-free': '100M' }
    const options = relayOptions({ flags, env: {}, file: null, defaultStorage: '' })
    relay = new Relay({ options, device: { create: { name: 'relay' }, bootstrap: [] } })
    relay.device.on('recording', onRecording)
    await relay.ready()
    compileLate()
  },

  async join(url: string) {
    await relay.device.join(url, { timeoutMs: 30_000 })
  },

  /** Where a flood is to go. */
  where: () => ({ device: hex(relay.device.key), port: relay.device.network!.port }),

  /** Its circles, in the order it joined them. */
  circles: () => relay.status().circles.map(({ circle }) => circle),

  /** From now on no more of this circle than that. */
  async limit({ circle, bytes }: { circle: string; bytes: number }) {
    const circleQuotas = { each: null, named: new Map([[circle, bytes]]) }
    await relay.reload({ ...relay.options, circleQuotas })
  },

  bytesOf: (circle: string) => relay.status().circles.find((one) => one.circle === circle)!.bytes,

  held: () => held.all(),
  /** Waits until a recording is here up to `length`, flushed. */
  whole: (length: number) => until(() => held.reached(length) !== undefined, 600_000),
  forget: () => held.clear(),
  mark: () => meter.mark(),
  usage: () => meter.read(),
  watch: () => peak.start(),
  peak: () => peak.stop(),
  close: () => relay.close()
})

function onRecording(replica: Replica): void {
  replica.on('receipt', ({ holder, recording, length }) => {
    held.note(holder, recording, length)
  })
}
