// Whether another member has every journal of a circle that is here: then it knows what we know.

import b4a from 'b4a'
import type { Circle } from '../../core/circle/circle.ts'
import type { DeviceKey } from '../../core/types/keys.ts'

export function knowsAll(circle: Circle, device: DeviceKey): boolean {
  return circle.journals.every((core) => {
    const peer = core.peers.find(({ remotePublicKey }) => b4a.equals(remotePublicKey, device))
    return peer !== undefined && peer.remoteContiguousLength >= core.length
  })
}
