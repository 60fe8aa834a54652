// What a new circle is made of: the founder's first journal comes first, for the circle's id is made from
// it. And what a kill leaves of a founding that was cut short: a circle remembered in which nothing was
// ever said, the founding included.
// Must never: take a circle for that which anybody else has ever heard of.

import b4a from 'b4a'
import { coreKey } from '../encoding/core-key.ts'
import type { CircleState } from '../encoding/memory/device-state.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { wipe } from '../identity/hash.ts'
import type { CircleId, DeviceKey } from '../types/keys.ts'
import { journalPair, newSalt } from './journal/journal-pair.ts'
import { circleIdOf } from './keys/secrets.ts'

export interface Founding {
  id: CircleId
  /** Of the journal that the founding stands in. */
  salt: Uint8Array
}

/** For a circle that this device is going to found. */
export function newFounding(keys: DeviceKeys): Founding {
  const salt = newSalt()
  const { publicKey, secretKey } = journalPair(keys, salt)
  wipe(secretKey)
  return { id: circleIdOf(keys.device, coreKey(publicKey)), salt }
}

/**
 * True where nothing speaks for the circle but that this device was founding it: a founding that is on the
 * disk is remembered by its first member as soon as it is read, and whoever else has heard of the circle
 * came after that. Whether its journal holds anything is to be looked at besides.
 */
export function mayBeCutShort(self: DeviceKey, state: CircleState): boolean {
  const { introducer, members, revoked, peers, films, later, heads } = state
  const known = [members, revoked, peers, films, later].some((list) => list.length > 0)
  const isOurs = heads.length <= 1 && heads.every(({ device }) => b4a.equals(device, self))
  return introducer === null && !known && isOurs
}
