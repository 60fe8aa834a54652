// What a device can be told when it is opened, and what it tells while it runs.

import type { JournalLine } from '../circle/roster.ts'
import type { Address } from '../encoding/address.ts'
import type { Room } from '../encoding/control.ts'
import type { RaisedAlarm } from '../exchange/alarms/alarms.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Peer } from '../exchange/members/peer.ts'
import type { Replica } from '../replica/replica.ts'
import type { Clock } from '../runtime/clock.ts'
import type { CircleId, DeviceKey } from '../types/keys.ts'
import type { DiskEvents } from './disk.ts'
import type { IdentityOptions } from './identity.ts'

export interface DeviceEvents extends Omit<DiskEvents, 'room'> {
  /** Those of a circle from before this start. */
  known: [Replica[], Exchange]
  recording: [Replica, Exchange]
  progress: [Replica, Exchange]
  sealed: [Replica, Exchange]
  presence: [Peer, Exchange]
  line: [JournalLine, Exchange]
  /** One of ours, as it is raised, or another member's, as its journal comes. */
  alarm: [RaisedAlarm, Exchange]
  room: []
  /** A member's link was closed for what it sent; it is kept out for a while, longer each time. */
  misuse: [{ device: DeviceKey; reason: Error; outMs: number }]
  /** Locked, or unlocked again. */
  lock: [locked: boolean]
  trouble: [unknown]
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
  clock?: Clock
}
