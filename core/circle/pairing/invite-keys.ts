// The meeting point an invite's secret names: a key pair the inviter listens on, and the only key it
// lets in. Somebody without the secret finds neither; with it, nobody can pass for the inviter, who
// also signs with the device key the invite carries.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { INVITE_ID_BYTES } from '../../encoding/journal/journal-entry.ts'
import { hex } from '../../encoding/hex.ts'
import { labelled } from '../../identity/hash.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { JournalLine } from '../roster.ts'

export function inviterKeyPair(secret: Uint8Array): KeyPair {
  return crypto.keyPair(labelled('temoin/invite-inviter/1', secret))
}

export function candidateKeyPair(secret: Uint8Array): KeyPair {
  return crypto.keyPair(labelled('temoin/invite-candidate/1', secret))
}

/** How the journals name an invite: of no use to redeem it. 8 bytes. */
export function inviteId(secret: Uint8Array): Uint8Array {
  return labelled('temoin/invite-id/1', secret).subarray(0, INVITE_ID_BYTES)
}

/** How many devices an invite has let in, by what its maker's journals say: true after any crash. */
export function usesOf(
  lines: readonly JournalLine[],
  inviter: DeviceKey,
  secret: Uint8Array
): number {
  const id = inviteId(secret)
  const devices = new Set<string>()
  for (const { device, entry } of lines) {
    if (entry.kind !== 'member-added' || !b4a.equals(device, inviter)) continue
    const { invite } = entry.body
    if (invite && b4a.equals(invite, id)) devices.add(hex(entry.body.device))
  }
  return devices.size
}
