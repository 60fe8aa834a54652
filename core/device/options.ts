// What a device can be told when it is opened, and what it tells while it runs.

import type { Address } from '../encoding/address.ts'
import type { Room } from '../encoding/control.ts'
import type { CirclesEvents } from '../exchange/members/circles.ts'
import type { Clock } from '../runtime/clock.ts'
import type { CircleId, DeviceKey } from '../types/keys.ts'
import type { DiskEvents } from './disk.ts'
import type { IdentityOptions } from './identity.ts'

export interface DeviceEvents extends Omit<CirclesEvents, 'members'>, Omit<DiskEvents, 'room'> {
  room: []
  /** A member's link was closed for what it sent; it is kept out for a while, longer each time. */
  misuse: [{ device: DeviceKey; reason: Error; outMs: number }]
  /** Locked, or unlocked again. */
  lock: [locked: boolean]
}

/** `dir`: one directory is one device. */
export interface DeviceOptions extends IdentityOptions {
  /** No network at all: for reading what is held. @default false */
  offline?: boolean
  /** DHT nodes; empty for none, undefined for the public ones. */
  bootstrap?: Address[]
  /** Address to bind to. */
  host?: string
  /** UDP port to listen on, where others were told one. @default the one of the last start */
  port?: number
  /** Tell and try local addresses. @default true */
  lan?: boolean
  /** Free space to keep, bytes. */
  reserveBytes?: number
  /** What is still taken of a circle; see `Device.roomChanged`. @default everything, while the disk has room */
  room?: (circle: CircleId) => Room
  /** Keeps the list that a panic goes by; where there is none, nothing counts as safe with others. @default true */
  safeList?: boolean
  clock?: Clock
}
