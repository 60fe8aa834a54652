// Looking at what a station holds.

import b4a from 'b4a'
import type { Replica } from '../../core/replica/replica.ts'
import { eventually } from '../helpers/eventually.ts'
import type { Station } from '../helpers/devices/station.ts'

/** The station's replica of a recording, once it has heard of it. */
export async function replicaAt({ exchange }: Station, key: Uint8Array): Promise<Replica> {
  const replica = await eventually(() => exchange.replica(key))
  await replica!.ready()
  return replica!
}

/** Every block held without a hole. */
export async function blocksOf(replica: Replica): Promise<Uint8Array[]> {
  const core = await replica.wake()
  const blocks: Uint8Array[] = []
  for (let i = 0; i < core.contiguousLength; i++) {
    blocks.push((await core.get(i, { wait: false }))!)
  }
  return blocks
}

export function sameBytes(a: Uint8Array[], b: Uint8Array[]): boolean {
  return a.length === b.length && a.every((bytes, i) => b4a.equals(bytes, b[i]!))
}

/** Resolves once the replica holds `length` blocks. */
export function reaches(replica: Replica, length: number): Promise<boolean> {
  return eventually(() => replica.length >= length)
}

/** Blocks that the author has made so far, whether its own disk has them yet or not. */
export function made(part: Replica): number {
  return part.timeline.length
}
