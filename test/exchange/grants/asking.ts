// Films that not everybody can open, and looks at who was given their keys.

import b4a from 'b4a'
import type { Assert } from 'brittle'
import type { Grant } from '../../../core/encoding/journal/journal-entry.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import type { DeviceKey, RecordingKey } from '../../../core/types/keys.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'
import { shoot } from '../../helpers/films/camera.ts'
import type { ByHand } from '../../replica/hostile/by-hand.ts'
import { replicaAt } from '../../replica/held.ts'

/** A film of a second, over. */
export async function filmedBy(t: Assert, station: Station): Promise<Replica> {
  const film = station.film(t)
  await shoot(film, 4)
  await film.stop('stopped')
  return film.parts[0]!
}

/** Resolves once the station has all of it, and can open it. */
export async function opens(station: Station, { key }: Replica): Promise<Replica> {
  const copy = await replicaAt(station, key)
  await eventually(async () => {
    await copy.look()
    return copy.reader !== null && copy.sealed
  })
  return copy
}

/** Resolves once the station has all of it, and has seen that it cannot open it. */
export async function holdsClosed(station: Station, { key }: Replica): Promise<Replica> {
  const copy = await replicaAt(station, key)
  await eventually(() => copy.length > 1 && copy.length === copy.end && copy.isClosedToUs)
  return copy
}

/** Keys given to that device, by what this station has read. */
export function givenTo({ circle }: Station, { keys }: { keys: DeviceKeys }): Given[] {
  const grants = circle.lines.flatMap(({ device: by, entry }) =>
    entry.kind === 'grant' ? [{ by, ...entry.body }] : []
  )
  return grants.filter(({ device }) => b4a.equals(device, keys.device))
}

export type Given = Grant & { by: DeviceKey }

/** Asks for the keys of these, and resolves when that has been heard. */
export async function asks(
  { channel }: ByHand,
  asker: Station,
  honest: Station,
  ...recordings: RecordingKey[]
): Promise<void> {
  channel.askForKeys(recordings.map((recording) => ({ recording, tried: 0 })))
  channel.sayHello({ wallMs: Date.now(), heads: [], peers: [], room: 'none' })
  const heard = honest.exchange.peerOf(asker.keys.device)!
  await eventually(() => heard.room === 'none')
}

/** Keys, and what unlocks them again. */
export function lockable(): { keys: DeviceKeys; unlock: () => void } {
  const seed = randomBytes(32)
  const keys = new DeviceKeys(Uint8Array.from(seed))
  return { keys, unlock: () => void keys.unlock(Uint8Array.from(seed)) }
}
