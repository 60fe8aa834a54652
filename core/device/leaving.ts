// Gives up a circle whole: its recordings, its journals, its keys, and in the end all but the fact. Begun by
// writing down what is to go; done when the device is next opened, before any circle is. Cut short
// anywhere, it is done again.
// Must never: delete what another circle of this device holds as well, whatever a journal names.

import b4a from 'b4a'
import { coreKey } from '../encoding/core-key.ts'
import { hex } from '../encoding/hex.ts'
import type { LeftCircle } from '../encoding/memory/left-circles.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { claimIn } from '../replica/announced.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import { loadLeft, saveLeft } from '../store/files/left-file.ts'
import { removeSafeList } from '../store/files/safe-file.ts'
import type { CircleId } from '../types/keys.ts'
import type { Identity } from './identity.ts'

export interface Leaving {
  dir: string
  store: EvidenceStore
  identity: Identity
}

/**
 * From the next start on this device is not in that circle, and has nothing of it.
 * @param circles all of this device
 * @returns how many of its recordings and journals stay: another circle has them as well
 */
export async function beginLeaving(
  { dir, store }: Leaving,
  exchange: Exchange,
  circles: readonly Exchange[],
  nowMs: number
): Promise<number> {
  const others = circles.filter((one) => one !== exchange)
  const stays = new Set(others.flatMap((one) => [...coresOf(one).keys()]))
  const named = [...coresOf(exchange).values()]
  const held = await store.held(named)
  const here = named.filter((_key, i) => held[i] !== null)
  const cores = here.filter((key) => !stays.has(hex(key)))
  const { id } = exchange.circle
  const left = (await loadLeft(dir)).filter(({ circle }) => !b4a.equals(circle, id))
  await saveLeft(dir, [...left, { circle: id, atMs: nowMs, cores }])
  return here.length - cores.length
}

/**
 * Before any circle is opened. What the disk refuses holds up no other circle: it is told, and tried again
 * at the next start. This device is in none of those circles then either.
 */
export async function finishLeaving(
  leaving: Leaving,
  onTrouble: (err: unknown) => void
): Promise<void> {
  const left = await loadLeft(leaving.dir)
  const due = left.filter(({ cores }) => cores.length > 0)
  if (due.length > 0) await erase(leaving, left, due).catch(onTrouble)
}

async function erase(
  { dir, store, identity }: Leaving,
  left: readonly LeftCircle[],
  due: readonly LeftCircle[]
): Promise<void> {
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

/** Its journals, and the recordings that a member has attested: anybody can name anything. By key as hex. */
function coresOf({ circle, replicas, apart }: Exchange): Map<string, Uint8Array> {
  const known = [...replicas, ...apart].map(({ key }) => key)
  const journals = circle.heads.map(({ signer }) => coreKey(signer))
  const cores = new Map<string, Uint8Array>([...known, ...journals].map((key) => [hex(key), key]))
  for (const line of circle.lines) {
    const claim = claimIn(circle.id, line)
    const key = claim?.announced.recording
    if (key && !cores.has(hex(key)) && claim.isAttested()) cores.set(hex(key), key)
  }
  return cores
}
