// What a holder signed for, it has: after any kill, whatever a key holder signs. What somebody counted as
// safe counts as signed for; a receipt that its holder never made would show here as well.

import b4a from 'b4a'
import { hex } from '../../../../core/encoding/hex.ts'
import type { Receipt } from '../../../../core/encoding/receipt.ts'
import type { Replica } from '../../../../core/replica/replica.ts'
import { treeHashOf } from '../truth.ts'
import type { Filmed } from '../truth.ts'
import type { Actor } from '../actor.ts'
import type { World } from '../world.ts'
import type { Rule } from './rule.ts'

/** Blocks that were read and compared, of each replica that is open. */
const read = new WeakMap<Replica, number>()

/** After every step: how far everything reaches. */
export const keptLengths: Rule = (world) =>
  world.honest.flatMap((actor) =>
    world.ledger.of(actor.keys.device).flatMap((receipt) => {
      const replica = actor.station!.exchange.replica(receipt.recording)
      if (replica === null || replica.length >= receipt.length) return []
      return [`${nameOf(actor, receipt)}: signed for ${receipt.length}, has ${replica.length}`]
    })
  )

/** Once everything is open: every byte. */
export const keptBytes: Rule = async (world) => {
  const broken: string[] = []
  for (const actor of world.honest) broken.push(...(await brokenAt(world, actor)))
  return broken
}

export async function brokenAt(world: World, actor: Actor): Promise<string[]> {
  const broken: string[] = []
  for (const receipt of world.ledger.of(actor.keys.device)) {
    const replica = actor.station!.exchange.replica(receipt.recording)
    const fault =
      replica === null ? 'is not known any more' : await faultIn(world, replica, receipt)
    if (fault) broken.push(`${nameOf(actor, receipt)}: signed for ${receipt.length}, ${fault}`)
  }
  return broken
}

async function faultIn(world: World, replica: Replica, receipt: Receipt): Promise<string | null> {
  const filmed = world.truth.of(receipt.recording)
  if ((read.get(replica) ?? -1) >= receipt.length) return null
  const core = await replica.wake()
  if (core.fork !== 0 || core.core.header.frozen) return `fork ${core.fork}, or frozen`
  if (core.contiguousLength < receipt.length) return `has ${core.contiguousLength}`
  const tree = await core.treeHash(receipt.length)
  if (!b4a.equals(tree, receipt.treeHash)) return 'has another history'
  if (filmed !== null && !b4a.equals(tree, treeHashOf(filmed, receipt.length))) {
    return 'has what was never filmed'
  }
  const fault = filmed ? await faultInBytes(replica, filmed, receipt.length) : null
  if (fault === null) read.set(replica, receipt.length)
  return fault
}

async function faultInBytes(
  replica: Replica,
  { blocks }: Filmed,
  length: number
): Promise<string | null> {
  const core = await replica.wake()
  for (let i = 0; i < length; i++) {
    const block = await core.get(i, { wait: false })
    if (block === null || !b4a.equals(block, blocks[i]!)) return `block ${i} is lost or damaged`
  }
  return null
}

function nameOf({ index }: Actor, { recording }: Receipt): string {
  return `device ${index}, recording ${hex(recording).slice(0, 8)}`
}
