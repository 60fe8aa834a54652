// Making and checking the introduction of a journal core. Pure.

import { coreKey } from '../../encoding/core-key.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import { verifyAttestation } from '../../identity/device-keys.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import type { CircleId, JournalKey, SignerKey } from '../../types/keys.ts'

const ids = new WeakMap<JournalHead, string>()

/** The key of the head's journal, as hex; worked out once for each. */
export function journalIdOf(head: JournalHead): string {
  const known = ids.get(head)
  if (known !== undefined) return known
  const id = hex(coreKey(head.signer))
  ids.set(head, id)
  return id
}

export function makeHead(
  keys: DeviceKeys,
  circle: CircleId,
  start: { signer: SignerKey; startedAtMs: number; previous: JournalKey | null }
): JournalHead {
  const core = coreKey(start.signer)
  const { startedAtMs, previous } = start
  const signature = keys.attest({ kind: 'journal', circle, core, startedAtMs, previous })
  return { device: keys.device, ...start, signature }
}

/** True where the device named in the head vouches for that journal in this circle. */
export function isGenuineHead(circle: CircleId, head: JournalHead): boolean {
  const { device, startedAtMs, previous, signature } = head
  const core = coreKey(head.signer)
  return verifyAttestation(
    { kind: 'journal', circle, device, core, startedAtMs, previous },
    signature
  )
}
