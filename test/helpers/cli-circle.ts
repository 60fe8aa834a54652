// Devices in one circle, made with the command itself: `init`, `circle create`, `invite`, `join`.

import type { Assert } from 'brittle'
import { path } from '../../core/runtime/fs.ts'
import { run, temoin } from './cli.ts'
import type { CliOptions } from './cli.ts'

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

/** @param roles of the members besides the founder */
export async function createCliCircle(
  t: Assert,
  roles: string[],
  options: CliOptions = {}
): Promise<CliCircle> {
  const dir = await t.tmp()
  const founder = await createCliDevice(t, dir, 'founder', options)
  const made = await run(t, ['circle', 'create', 'test circle'], { ...options, ...founder })
  if (made.code !== 0) throw new Error(made.err)
  const names = roles.map((role, i) => `${role}-${i + 1}`)
  const members = new Map<string, CliDevice>()
  for (const role of new Set(roles)) {
    const wanted = names.filter((_name, i) => roles[i] === role)
    for (const device of await admit(t, dir, founder, role, wanted, options)) {
      members.set(device.name, device)
    }
  }
  const devices = [founder, ...names.map((name) => members.get(name)!)]
  return { dir, circle: made.last!.circle, devices }
}

/** One invite for all of a role; `join` makes the devices. */
async function admit(
  t: Assert,
  dir: string,
  founder: CliDevice,
  role: string,
  names: string[],
  options: CliOptions
): Promise<CliDevice[]> {
  const words = ['invite', '--role', role, '--uses', String(names.length)]
  const host = temoin(t, words, { ...options, ...founder })
  const { url } = await host.waitFor('invite')
  const devices = await Promise.all(
    names.map(async (name) => {
      const storage = path.join(dir, name)
      const joined = await run(t, ['join', url, '--name', name], { ...options, storage })
      if (joined.code !== 0) throw new Error(joined.err)
      return { name, storage, device: joined.last!.device as string }
    })
  )
  const { code } = await host.ended
  if (code !== 0) throw new Error(host.err)
  return devices
}

export async function createCliDevice(
  t: Assert,
  dir: string,
  name: string,
  options: CliOptions = {}
): Promise<CliDevice> {
  const storage = path.join(dir, name)
  const { code, last, err } = await run(t, ['init', '--name', name], { ...options, storage })
  if (code !== 0) throw new Error(err)
  return { name, storage, device: last!.device }
}

/** The inviter's process runs for as long as it takes, and has ended when this resolves. */
export async function joinCliCircle(
  t: Assert,
  inviter: CliDevice,
  candidate: CliDevice,
  role: string,
  options: CliOptions = {}
): Promise<void> {
  const host = temoin(t, ['invite', '--role', role], { ...options, storage: inviter.storage })
  const { url } = await host.waitFor('invite')
  const joined = await run(t, ['join', url], { ...options, storage: candidate.storage })
  if (joined.code !== 0) throw new Error(joined.err)
  const { code } = await host.ended
  if (code !== 0) throw new Error(host.err)
}
