// What a page may ask of a locked device: to film, to open it, to end it. The rest waits for its owner.

import { TemoinError } from '../../../errors.ts'
import type { HostCall } from './handlers.ts'

const WHILE_LOCKED: readonly HostCall[] = [
  ...(['device.protect', 'device.unprotect', 'device.lock', 'device.unlock'] as const),
  ...(['device.report', 'panic'] as const),
  ...(['film.start', 'film.status', 'film.place', 'film.battery'] as const),
  ...(['film.note', 'film.stop'] as const)
]

export function mayWhileLocked(call: string): boolean {
  return (WHILE_LOCKED as readonly string[]).includes(call)
}

export function lockedError(): TemoinError {
  return new TemoinError(
    'DEVICE_LOCKED',
    'This device is locked: unlock it first; filming, handing on and holding go on meanwhile'
  )
}
