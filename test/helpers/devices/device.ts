// Real devices on this machine's loopback, without any DHT: each with its own directory, closed at the
// end of the test.

import type { Assert } from 'brittle'
import { Device } from '../../../core/device.ts'
import type { DeviceOptions } from '../../../core/device.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import type { DeviceKey, RecordingKey, Role } from '../../../core/types/keys.ts'
import { eventually } from '../eventually.ts'
import { hex } from '../../../core/encoding/hex.ts'

const directories = new WeakMap<Device, string>()

/** A device that is open, and new unless `dir` holds one. Reserves no disk space by default. */
export async function createDevice(
  t: Assert,
  options: Partial<DeviceOptions> & { name?: string } = {}
): Promise<Device> {
  const { name = 'device', dir = await t.tmp(), ...rest } = options
  const device = new Device({
    dir,
    create: { name },
    bootstrap: [],
    host: '127.0.0.1',
    reserveBytes: 0,
    ...rest
  })
  directories.set(device, dir)
  t.teardown(() => device.close())
  await device.ready()
  return device
}

export function dirOf(device: Device): string {
  return directories.get(device)!
}

/** Closes the device and opens it again, as an app that is restarted. */
export async function reopenDevice(t: Assert, device: Device): Promise<Device> {
  await device.close()
  return createDevice(t, { dir: dirOf(device) })
}

export interface TestCircle {
  devices: Device[]
  /** The circle as each of the devices has it, in the same order. */
  exchanges: Exchange[]
}

/**
 * `n` devices in one circle, the first its founder, the others let in by invites, each linked with all.
 * @param roles of the others, in order; 'contact' where none is given
 * @param founderDir where the founder lives; a new directory where none is given
 */
export async function createCircle(
  t: Assert,
  n: number,
  roles: Role[] = [],
  founderDir?: string
): Promise<TestCircle> {
  const dir = founderDir === undefined ? {} : { dir: founderDir }
  const founder = await createDevice(t, { name: 'device 0', ...dir })
  const devices = [founder]
  const exchanges = [await founder.createCircle('circle')]
  for (let i = 1; i < n; i++) {
    const device = await createDevice(t, { name: 'device ' + i })
    devices.push(device)
    exchanges.push(await letIn(founder, device, exchanges[0]!, roles[i - 1]))
  }
  await Promise.all(exchanges.map((exchange) => linkedWith(exchange, n - 1)))
  return { devices, exchanges }
}

/** One invite, one candidate. @returns the circle as the new member has it */
export async function letIn(
  inviter: Device,
  candidate: Device,
  circle: Exchange,
  role: Role = 'contact'
): Promise<Exchange> {
  const host = await inviter.invite({ circle, role, uses: 1, expiresInMs: 60_000 })
  try {
    return await candidate.join(host.url, { timeoutMs: 60_000 })
  } finally {
    await host.close()
  }
}

/** Resolves once as many members as that are linked, and known. */
export function linkedWith(exchange: Exchange, count: number): Promise<boolean> {
  return eventually(
    () =>
      new Set(exchange.peers.map(({ device }) => hex(device))).size === count &&
      exchange.circle.roster.members.length > count
  )
}

/** Resolves once this device has heard of the recording. */
export async function replicaAt(device: Device, key: RecordingKey): Promise<Replica> {
  const replica = await eventually(() => device.find(key).replica)
  await replica.ready()
  return replica
}

export function isLinked(exchange: Exchange, device: DeviceKey): boolean {
  return exchange.peerOf(device) !== null
}
