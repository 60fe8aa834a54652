// Gives up a circle whole: its recordings, its journals, its keys, and in the end all but the fact. Begun by
// writing down what is to go; done when the device is next opened, before any circle is. Cut short
// anywhere, it is done again.
// Must never: delete what another circle of this device holds as well, whatever a journal names.

import b4a from 'b4a'
import { coreKey } from '../encoding/core-key.ts'
import { hex } from '../encoding/hex.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import { loadLeft, saveLeft } from '../store/files/left-file.ts'
import { removeSafeList } from '../store/files/safe-file.ts'
import type { CircleId } from '../types/keys.ts'
import type { Identity } from './identity.ts'

/**
 * From the next start on this device is not in that circle, and has nothing of it.
 * @param others the circles that stay
 */
export async function beginLeaving(
  dir: string,
  exchange: Exchange,
  others: readonly Exchange[],
  nowMs: number
): Promise<void> {
  const stays = new Set(others.flatMap((one) => coresOf(one)).map(hex))
  const cores = coresOf(exchange).filter((key) => !stays.has(hex(key)))
  const { id } = exchange.circle
  const left = (await loadLeft(dir)).filter(({ circle }) => !b4a.equals(circle, id))
  await saveLeft(dir, [...left, { circle: id, atMs: nowMs, cores }])
}

/** Before any circle is opened. */
export async function finishLeaving(
  dir: string,
  store: EvidenceStore,
  identity: Identity
): Promise<void> {
  const left = await loadLeft(dir)
  const due = left.filter(({ cores }) => cores.length > 0)
  if (due.length === 0) return
  const isDue = (id: CircleId): boolean => due.some(({ circle }) => b4a.equals(circle, id))
  identity.state.circles = identity.state.circles.filter(({ id }) => !isDue(id))
  await identity.save()
  await store.erase(due.flatMap(({ cores }) => cores))
  await removeSafeList(dir) // names recordings; made anew from what is here
  await saveLeft(
    dir,
    left.map((one) => ({ ...one, cores: [] }))
  )
}

/** True where this device has given that circle up, whether all of it is deleted yet or not. */
export async function hasLeft(dir: string, circle: CircleId): Promise<boolean> {
  return (await loadLeft(dir)).some((one) => b4a.equals(one.circle, circle))
}

/** Whatever its journals name, attested or not, and the journals themselves. */
function coresOf({ circle, replicas, apart }: Exchange): Uint8Array[] {
  const named = circle.lines.flatMap(({ entry }) =>
    entry.kind === 'recording-announced' ? [entry.body.recording] : []
  )
  const known = [...replicas, ...apart].map(({ key }) => key)
  return [...circle.heads.map(({ signer }) => coreKey(signer)), ...named, ...known]
}
