// What a holder signed for, it has: after any kill, whatever a key holder signs. What somebody counted as
// safe counts as signed for; a receipt that its holder never made would show here as well.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import { hex } from '../../../../core/encoding/hex.ts'
import type { Receipt } from '../../../../core/encoding/recording/receipt.ts'
import type { Replica } from '../../../../core/replica/replica.ts'
import { treeHashOf } from '../truth.ts'
import type { Filmed } from '../truth.ts'
import type { Actor } from '../actor.ts'
import type { World } from '../world.ts'
import { whileAwake } from './awake.ts'
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
  if ((read.get(replica) ?? -1) >= receipt.length) return null
  const filmed = world.truth.of(receipt.recording)
  const fault = await whileAwake(replica, (core) => faultOf(core, receipt, filmed))
  if (fault === null) read.set(replica, receipt.length)
  return fault
}

async function faultOf(
  core: Hypercore,
  { length, treeHash }: Receipt,
  filmed: Filmed | null
): Promise<string | null> {
  if (core.fork !== 0 || core.core.header.frozen) return `fork ${core.fork}, or frozen`
  if (core.contiguousLength < length) return `has ${core.contiguousLength}`
  if (!b4a.equals(await core.treeHash(length), treeHash)) return 'has another history'
  if (filmed && !b4a.equals(treeHash, treeHashOf(filmed, length))) return 'and nobody filmed it'
  for (let i = 0; i < length; i++) {
    const block = await core.get(i, { wait: false })
    if (block === null || (filmed && !b4a.equals(block, filmed.blocks[i]!))) {
      return `block ${i} is lost or damaged`
    }
  }
  return null
}

function nameOf({ index }: Actor, { recording }: Receipt): string {
  return `device ${index}, recording ${hex(recording).slice(0, 8)}`
}
