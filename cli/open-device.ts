// Opens the device of this directory for as long as a verb needs it, and closes it however the verb
// ends. The engine is loaded here, when it is needed, so that help and `verify` start at once.
// Must never: make a device, or a directory, that nobody asked for.

import type { Device, DeviceOptions } from '../core/device.ts'
import { TemoinError, systemCode } from '../core/errors.ts'
import { fs, path } from '../core/runtime/fs.ts'
import { compileLate, compileSoon } from '../core/runtime/process.ts'
import { isDamagedTable, partUnreadable } from '../core/store/salvage/table-damage.ts'
import type { AskPassphrase } from '../core/identity/seed-file.ts'
import { isDebugging } from './output/output.ts'
import { currentPassphrase } from './passphrase/ask.ts'
import { LockRequests } from './passphrase/lock-request.ts'
import { bytesText, countText } from './output/units.ts'
import type { Invocation } from './verb.ts'

export interface OpenOptions {
  /** No network. @default false */
  offline?: boolean
  /** Make the device where there is none. */
  create?: { name: string; locked?: boolean }
  /** @default the passphrase as it is given, or asked for */
  passphrase?: AskPassphrase
  /** Another one follows in this command, with the same passphrase. @default false */
  again?: boolean
}

export async function withDevice<T>(
  invocation: Invocation,
  options: OpenOptions,
  work: (device: Device) => Promise<T>
): Promise<T> {
  const device = await openDevice(invocation, options)
  const requests = new LockRequests(device, invocation)
  try {
    await requests.start()
    return await work(device)
  } finally {
    requests.stop()
    await device.close()
  }
}

/** For a verb that keeps it open in its own way, and closes it. */
export async function openDevice(
  invocation: Invocation,
  { again = false, ...options }: OpenOptions
): Promise<Device> {
  const { program, settings, out } = invocation
  const { storage, bootstrap, bind, lan } = settings
  if (!options.create && (await hasNoDevice(storage))) throw deviceMissing(storage, program)
  const { Device } = await import('../core/device.ts')
  const deviceOptions: DeviceOptions = {
    dir: storage,
    lan,
    passphrase: () => currentPassphrase(invocation, again),
    ...options,
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...(bind === undefined ? {} : { host: bind })
  }
  const device = new Device(deviceOptions)
  device.on('damaged', ({ quarantine, bytesLost }) => {
    out.event('alarm', { kind: 'storage-damaged', recording: null, device: null, quarantine })
    out.note(
      `The store was damaged at its end, after a crash or a power cut: ${bytesText(bytesLost)} were put in ${quarantine}, and what is missing is fetched again from the other holders`
    )
  })
  tellOfSalvage(device, invocation)
  if (isDebugging()) device.on('trouble', (err) => out.note(String((err as Error)?.stack ?? err)))
  compileSoon()
  await device.ready().catch((err: unknown) => {
    throw systemCode(err) === 'EADDRNOTAVAIL' ? notOurs(bind) : err
  })
  compileLate()
  return device
}

function tellOfSalvage(device: Device, { settings, out }: Invocation): void {
  device.on('salvaging', () =>
    out.note(
      `A part of the store in ${settings.storage} cannot be read: what can be is now copied into a fresh store, which may take long; nothing is deleted`
    )
  )
  device.on('salvaged', ({ aside, blocks, lostBlocks }) => {
    const lost = { blocks, lostBlocks, quarantine: aside }
    out.event('alarm', { kind: 'storage-damaged', recording: null, device: null, ...lost })
    out.note(
      `${countText(blocks, 'block')} could be read and proven, and are held as before; what is missing is fetched again from the other holders; the damaged store is in ${aside}, as it was`
    )
  })
  let isTold = false
  device.on('trouble', (err) => {
    if (isTold || !isDamagedTable(err)) return
    isTold = true
    out.note(partUnreadable(settings.storage))
  })
}

function notOurs(bind: string | undefined): TemoinError {
  return new TemoinError('BAD_INPUT', `--bind: this machine has no address ${bind ?? 'to bind to'}`)
}

/** True where there surely is none; a directory that cannot be read is the store's to explain. */
export async function hasNoDevice(storage: string): Promise<boolean> {
  try {
    await fs.promises.stat(path.join(storage, 'seed'))
    return false
  } catch (err) {
    return systemCode(err) === 'ENOENT'
  }
}

export function deviceMissing(
  storage: string,
  program: Invocation['program'] = 'temoin'
): TemoinError {
  const { kind, made } = MISSING[program]
  return new TemoinError(
    'DEVICE_MISSING',
    `There is no ${kind} in ${storage} yet: make one with "${program} ${made}", or name another directory with --storage`
  )
}

const MISSING = {
  temoin: { kind: 'device', made: 'init' },
  'temoin-relay': { kind: 'relay', made: 'join <invite>' }
}
