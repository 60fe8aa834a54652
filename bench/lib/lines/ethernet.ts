// A loopback with the packets of a real network: 1500 bytes, none sent or taken as one large one. On the
// plain loopback TCP moves 64 KiB at a time, which no network between two phones does.

import { spawnSync } from '#subprocess'
import b4a from 'b4a'
import type { Place } from '../../rigs/rig.ts'
import { LOOPBACK } from '../../rigs/rig.ts'
import { addNamespace, ip, removeNamespace, whyNoNamespaces } from './namespaces.ts'

const PACKET_BYTES = 1500
/** Counted by the interface with every packet, and no part of it. */
const LINK_HEADER_BYTES = 14

export class Ethernet {
  readonly place: Place
  readonly #name: string

  private constructor(name: string) {
    const { recorderHost, holderHost } = LOOPBACK
    this.#name = name
    this.place = { recorderHost, holderHost, recorderNetns: name, holderNetns: name }
  }

  /** A network of its own, or null where there can be none: then everything runs on the loopback. */
  static open(): Ethernet | null {
    if (whyNoNamespaces() !== null) return null
    const name = addNamespace()
    ip(['-n', name, 'link', 'set', 'lo', 'up', 'mtu', String(PACKET_BYTES)])
    ip(['-n', name, 'link', 'set', 'lo', 'gso_max_segs', '1', 'gso_max_size', String(PACKET_BYTES)])
    return new Ethernet(name)
  }

  /** Bytes of IP packets that crossed it so far, each counted once. */
  bytes(): number {
    const args = ['netns', 'exec', this.#name, 'cat', '/proc/net/dev']
    const table = b4a.toString(spawnSync('ip', args).stdout as any)
    const [bytes, packets] = /lo:\s*(\d+)\s+(\d+)/.exec(table)!.slice(1).map(Number)
    return bytes! - packets! * LINK_HEADER_BYTES
  }

  close(): void {
    removeNamespace(this.#name)
  }
}

/** How a report says where its candidates ran. */
export function packetsOf(line: Ethernet | null): string {
  return line
    ? 'Packets of 1500 bytes, as on a real network.'
    : 'On the loopback with its packets of 64 KiB, for want of root: plain TCP gains by them what no real network gives, and the engine, whose packets are those of a network, does not.'
}
