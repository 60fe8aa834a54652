// Devices in one circle, as `init`, `circle create`, `invite` and `join` leave them, for tests that are
// about what comes after. Made in this process, which takes a fraction of the time; those verbs have
// tests of their own.

import z32 from 'z32'
import type { Assert } from 'brittle'
import type { Device } from '../../../core/device.ts'
import { passphraseBytes } from '../../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../../core/identity/seed-file.ts'
import { path } from '../../../core/runtime/fs.ts'
import type { Role } from '../../../core/types/keys.ts'
import { run, temoin } from './cli.ts'
import { createDevice, letIn, linkedWith } from '../devices/device.ts'

/** The least that a seed file may say. */
const CHEAP = { passes: 1, memoryKiB: 8 }

export interface CliDevice {
  name: string
  storage: string
  /** z32 text. */
  device: string
}

export interface CliCircle {
  dir: string
  /** z32 text. */
  circle: string
  /** The founder, an organiser, first; then one for each role asked for. No process of theirs runs. */
  devices: CliDevice[]
}

/**
 * @param roles of the members besides the founder
 * @param called what they call themselves, the founder first
 */
export async function createCliCircle(
  t: Assert,
  roles: Role[],
  called?: string[],
  circleName = 'test circle'
): Promise<CliCircle> {
  const dir = await t.tmp()
  const open = (name: string): Promise<Device> =>
    createDevice(t, { name, dir: path.join(dir, name) })
  const names = called ?? ['founder', ...roles.map((role, i) => `${role}-${i + 1}`)]
  const founder = await open(names[0]!)
  const devices = [founder]
  const exchanges = [await founder.createCircle(circleName)]
  for (const [i, role] of roles.entries()) {
    const device = await open(names[i + 1]!)
    devices.push(device)
    exchanges.push(await letIn(founder, device, exchanges[0]!, role))
  }
  await Promise.all(exchanges.map((exchange) => linkedWith(exchange, roles.length)))
  await Promise.all(devices.map((device) => device.close()))
  const circle = z32.encode(exchanges[0]!.circle.id)
  return { dir, circle, devices: devices.map((device, i) => described(device, names[i]!, dir)) }
}

export async function createCliDevice(t: Assert, dir: string, name: string): Promise<CliDevice> {
  const device = await createDevice(t, { name, dir: path.join(dir, name) })
  await device.close()
  return described(device, name, dir)
}

/** Under a passphrase as by `lock`, but one that costs next to nothing to try: each verb that opens it does. */
export async function lockCliDevice({ storage }: CliDevice, passphrase: string): Promise<void> {
  const seed = (await loadSeed(storage))!
  await putUnderPassphrase(storage, seed, passphraseBytes(passphrase), CHEAP)
}

/** By the verbs themselves. */
export async function joinCliCircle(
  t: Assert,
  inviter: CliDevice,
  candidate: CliDevice,
  role: Role
): Promise<void> {
  const host = temoin(t, ['invite', '--role', role], { storage: inviter.storage })
  const { url } = await host.waitFor('invite')
  const joined = await run(t, ['join', url], { storage: candidate.storage })
  if (joined.code !== 0) throw new Error(joined.err)
  const { code } = await host.ended
  if (code !== 0) throw new Error(host.err)
}

function described({ key }: Device, name: string, dir: string): CliDevice {
  return { name, storage: path.join(dir, name), device: z32.encode(key) }
}
