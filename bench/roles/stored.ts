// A relay that has been in use for long, in a process of its own: made with as many recordings as are asked
// for, then opened as `temoin-relay run` opens it after a restart; and a member that lacks one of them.

import b4a from 'b4a'
import type { CircleState } from '../../core/encoding/memory/device-state.ts'
import { Device } from '../../core/device.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { path } from '../../core/runtime/fs.ts'
import { StateFile } from '../../core/store/files/state-file.ts'
import { compileLate } from '../../core/runtime/process.ts'
import { relayOptions } from '../../relay/options/options.ts'
import { Relay } from '../../relay/relay.ts'
import { stock } from '../../test/helpers/devices/stocked.ts'
import { nowMs, sleep, until } from '../lib/clock.ts'
import { hex } from '../lib/hex.ts'
import { serve } from '../lib/serve.ts'
import { cpuSeconds, residentMiB } from '../lib/counted/usage.ts'

const HOST = '127.0.0.1'
/** Four members besides the author hold everything, but for one recording that one of them lacks. */
const ROLES = ['organiser', 'relay', 'keeper', 'relay', 'keeper'] as const
const STORED = 1
const LACKING = 2
/** After a start memory settles, and what waits for its turn has had it. */
const SETTLE_MS = 3000

export interface Stocking {
  dir: string
  recordings: number
  port: number
}

export interface Made {
  /** Of the two that have a directory, `stored` and `lacking` in it. */
  seeds: { stored: string; lacking: string }
  /** What the second lacks. */
  recording: string
  length: number
}

let device: Device
let opened: { close(): Promise<void> }

serve({
  async stock({ dir, recordings, port }: Stocking): Promise<Made> {
    const seeds = ROLES.map(() => randomBytes(32))
    const dirs = new Map([
      [STORED, path.join(dir, 'stored')],
      [LACKING, path.join(dir, 'lacking')]
    ])
    const devices = ROLES.map((role, i) => ({
      role,
      seed: seeds[i]!,
      dir: dirs.get(i) ?? null,
      holds: (index: number) => i !== LACKING || index < recordings - 1
    }))
    const made = await stock({ devices, recordings })
    for (const [i, own] of dirs) {
      const state = made.states[i]!
      if (i === LACKING) tellOf(state, new DeviceKeys(b4a.from(seeds[STORED]!)), port)
      const file = new StateFile(own, new DeviceKeys(b4a.from(seeds[i]!)))
      await file.save({ name: 'device', port: i === STORED ? port : 0, circles: [state] })
    }
    const { key, length } = made.recordings.at(-1)!
    return {
      seeds: { stored: hex(seeds[STORED]!), lacking: hex(seeds[LACKING]!) },
      recording: hex(key),
      length
    }
  },

  /** The relay. Answers when it is ready: at what moment, and what it has open. */
  async open({ dir, seed }: { dir: string; seed: string }) {
    const flags = { storage: dir, bind: HOST, dht: 'no', lan: 'no', 'keep-free': '100M' }
    const options = relayOptions({ flags, env: {}, file: null, defaultStorage: '' })
    const relay = new Relay({ options, device: { seed: b4a.from(seed, 'hex'), bootstrap: [] } })
    opened = relay
    device = relay.device
    await relay.ready()
    const [atMs, cpuUntilReady] = [nowMs(), cpuSeconds()]
    compileLate()
    const { replicas } = device.circles[0]!
    const open = replicas.filter(({ core }) => core !== null).length
    return { atMs, cpuSeconds: cpuUntilReady, open }
  },

  /** The member. */
  async openMember({ dir, seed }: { dir: string; seed: string }) {
    const options = { dir, seed: b4a.from(seed, 'hex'), bootstrap: [], host: HOST, reserveBytes: 0 }
    device = new Device(options)
    opened = device
    await device.ready()
    compileLate()
  },

  /** Once it has come to rest: MiB. */
  async settled() {
    await sleep(SETTLE_MS)
    return residentMiB()
  },

  /** Waits until this recording is on this disk as a whole; says when that was. */
  async whole({ recording, length }: Made) {
    const replica = device.circles[0]!.replica(b4a.from(recording, 'hex'))!
    const isWhole = (): boolean => (replica.receipts.of(device.key)?.length ?? 0) >= length
    if (!(await until(isWhole, 120_000, 2))) throw new Error('The recording never came')
    return nowMs()
  },

  close: () => opened.close()
})

function tellOf(state: CircleState, { device: key }: DeviceKeys, port: number): void {
  state.peers = [{ device: key, addresses: [{ host: HOST, port }] }]
}
