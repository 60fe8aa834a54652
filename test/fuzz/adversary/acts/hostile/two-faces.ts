// A hostile member writes its journal in two versions, and shows one of them to whom it likes: a second
// device with the same keys and the same journal, on a disk of its own.

import { coreKey } from '../../../../../core/encoding/core-key.ts'
import type { CircleState } from '../../../../../core/encoding/memory/device-state.ts'
import { hex } from '../../../../../core/encoding/hex.ts'
import { eventually } from '../../../../helpers/eventually.ts'
import { plug, Station } from '../../../../helpers/devices/station.ts'
import { wire } from '../../../../helpers/devices/wire.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Act, Stage } from '../act.ts'
import { falseLines } from './lie.ts'

/** Each is a device more on the disk until the world ends. */
const MAX_TWINS = 6
/** Its victim may not take it for a member, or have as much of the other version. */
const PATIENCE_MS = 500

/** Only of what counts for nothing: see `second`. */
export const twoFaces: Act = async (stage) => {
  const { world, a, b, random } = stage
  const isReady = a.station !== null && b.station !== null && !b.hostile && !a.counted
  if (!isReady || world.twoFaced.length >= MAX_TWINS) return false
  if (a.station!.state.journal === null) await tell(a.station!, stage)
  await withTwin(stage, async (twin) => {
    for (let i = 1 + random.int(3); i > 0; i--) await tell(twin, stage)
  })
  return true
}

/** Shows its victim what a twin of it says in the journal that it is writing; false where there are many. */
export async function withTwin(
  { world, a, b }: Stage,
  speak: (twin: Station) => Promise<void>
): Promise<boolean> {
  const { journal } = a.state
  if (journal === null || world.twoFaced.length >= MAX_TWINS) return false
  const id = hex(coreKey(journal.head.signer))
  a.twoFaced = true
  world.twoFaced.push({ by: a, id })
  const twin = await twinOf(world, a)
  await speak(twin)
  await show(world, twin, b, id)
  await twin.close()
  return true
}

/** With a disk on which nothing of that journal is: it begins it again. */
async function twinOf(world: World, { keys, clock, state }: Actor): Promise<Station> {
  const { journal } = state
  const own: CircleState = { ...state, journal: null }
  const empty = await Station.open(world.t, { keys, clock, state: own })
  own.journal = journal // which it gives up where its disk is new
  return empty.reopen(world.t)
}

async function tell({ circle }: Station, stage: Stage): Promise<void> {
  await circle.say(stage.random.pick(falseLines(stage)))
}

async function show(world: World, twin: Station, b: Actor, id: string): Promise<void> {
  const joined = await wire(world.t, twin.keys.noise, b.keys.noise)
  plug(twin, joined.a)
  plug(b.station!, joined.b)
  const [own, theirs] = [twin, b.station!].map(
    ({ circle }) =>
      () =>
        circle.readers.get(id)?.length
  )
  await eventually(() => theirs!() === own!(), { timeoutMs: PATIENCE_MS }).catch(() => {})
  joined.cut()
}
