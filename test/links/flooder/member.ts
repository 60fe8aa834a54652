// A member that exists by its seed alone: whoever has that can be it.

import type { Exchange } from '../../../core/exchange/exchange.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'

/** @param seed 32 bytes */
export async function addMember({ circle }: Exchange, seed: Uint8Array): Promise<void> {
  const { signedBox } = new DeviceKeys(seed)
  const body = {
    ...signedBox,
    role: 'contact',
    name: 'turned',
    atMs: Date.now(),
    seen: []
  } as const
  await circle.say({ kind: 'member-added', body: { ...body, seen: [] } })
}
