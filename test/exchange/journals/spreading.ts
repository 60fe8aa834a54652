// Stations that say things in their journals, and looks at what has come to whom over which channels.

import b4a from 'b4a'
import type { Assert } from 'brittle'
import { eventually } from '../../helpers/eventually.ts'
import { connect } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'

/** Something that is said once, and urgent for nobody. */
export function says(station: Station, count = 1): Promise<void[]> {
  const { circle, keys } = station
  const all = Array.from({ length: count }, () => {
    const body = { recording: b4a.alloc(32, 1), device: keys.device, wrappedKey: b4a.alloc(80) }
    return circle.say({ kind: 'grant', body })
  })
  return Promise.all(all)
}

/** Every one of these has read what every other one of them has. */
export async function agree(
  stations: Station[],
  patience: { timeoutMs?: number } = {}
): Promise<void> {
  await eventually(() => new Set(stations.map(linesOf)).size === 1, patience)
}

/** Everything that was said, in no order. */
function linesOf({ circle }: Station): string {
  const names = circle.lines.map(({ journal, index }) => `${b4a.toString(journal, 'hex')} ${index}`)
  return names.sort().join()
}

/** Entries of `by` that a station has read. */
export function linesBy({ circle }: Station, by: Station): number {
  return circle.lines.filter(({ device }) => b4a.equals(device, by.keys.device)).length
}

export async function mesh(t: Assert, stations: Station[]): Promise<void> {
  for (const [i, a] of stations.entries()) {
    await Promise.all(stations.slice(i + 1).map((b) => connect(t, a, b)))
  }
}

/** Channels of journals on all links of a station. */
export function journalChannels({ circle }: Station): number {
  return circle.journals.reduce((sum, { core }) => sum + core.replicator.peers.length, 0)
}
