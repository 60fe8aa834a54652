// A holding device in a process of its own. Notes when its disk has what: the moment of each receipt
// of its own, which is made only after the flush.

import { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { compileLate } from '../../core/runtime/process.ts'
import { nowMs, until } from '../lib/clock.ts'
import { hex } from '../lib/hex.ts'
import { serve } from '../lib/serve.ts'
import { HeldLog } from '../lib/counted/held-log.ts'
import { Meter, cpuSeconds, residentMiB } from '../lib/counted/usage.ts'

let device: Device
let exchange: Exchange
const meter = new Meter()
const held = new HeldLog()
const seen: { replica: Replica; atMs: number }[] = []

serve({
  async open({ dir, host, url }: { dir: string; host: string; url: string }) {
    const create = { name: 'holder' }
    compileLate()
    device = new Device({ dir, create, bootstrap: [], host, reserveBytes: 0 })
    device.on('recording', onRecording)
    await device.ready()
    exchange = device.circles[0] ?? (await device.join(url, { timeoutMs: 30_000 }))
    return hex(device.key)
  },

  linked: (count: number) => until(() => exchange.peers.length >= count, 60_000),

  /** Waits until the journals have told of that many members. */
  knows: (count: number) => until(() => exchange.circle.roster.members.length >= count, 60_000),

  /** Cuts the link and waits for the next; says how long that took, ms. */
  async relink() {
    const [old] = device.network!.links
    const fromMs = nowMs()
    old!.stream.destroy()
    const isNew = (): boolean => exchange.peers.some(({ link }) => link !== old && !link.closed)
    await until(isNew, 60_000, 2)
    return nowMs() - fromMs
  },

  held: () => held.all(),

  /** Seconds of the newest recording that are on this disk, flushed. */
  secondsHeld() {
    const newest = seen[seen.length - 1]?.replica
    const receipt = newest?.receipts.of(device.key)
    return newest && receipt ? newest.timeline.secondsAt(receipt.length) : 0
  },

  recordings: () => seen.length,

  /** Waits until the newest recording is here up to `length`, flushed; says when that was, and since when it was known. */
  async whole(length: number) {
    const done = () => held.reached(length)
    await until(() => done() !== undefined, 600_000)
    return { fromMs: seen[0]!.atMs, toMs: done()!.atMs }
  },

  forget: () => held.clear(),
  mark: () => meter.mark(),
  spent: () => cpuSeconds(),
  usage: () => meter.read(),
  resident: () => residentMiB(),
  close: () => device.close()
})

function onRecording(replica: Replica): void {
  seen.push({ replica, atMs: nowMs() })
  replica.on('receipt', ({ holder, recording, length }) => {
    held.note(holder, recording, length)
  })
}
