// Performs a plan, and holds the world to the rules: some after every action, all where it settles. On
// failure says what is needed to see it again: the seed, how far it went, and what came last.

import process from '#process'
import { eventually } from '../../helpers/eventually.ts'
import { seeded } from '../../helpers/random.ts'
import type { Assert } from 'brittle'
import { ACTS } from './acts/acts.ts'
import { findOneAnother } from './acts/machines/settle.ts'
import { describe, isHostile } from './plan.ts'
import type { Action, Kind, Plan } from './plan.ts'
import { allHaveAll, nobodyMissing, onlyTruth, sameRoster } from './rules/alike.ts'
import { closed } from './rules/closed.ts'
import { counted } from './rules/counted.ts'
import { brokenAt, keptBytes, keptLengths } from './rules/kept.ts'
import { bounded } from './rules/memory.ts'
import { quiet } from './rules/quiet.ts'
import type { Rule } from './rules/rule.ts'
import { everyChangeShown, nobodyUnseen } from './rules/shown.ts'
import { oneAtMost } from './rules/standing.ts'
import { nobodyHonestConvicted, told } from './rules/told.ts'
import { World } from './world.ts'

const ALWAYS: Rule[] = [keptLengths, quiet]
/** Some of what must be so takes its time to become so. */
const IN_THE_END: Rule[] = [
  ...[sameRoster, nobodyMissing, allHaveAll, told],
  ...[everyChangeShown, nobodyUnseen, oneAtMost]
]
const SETTLED: Rule[] = [
  ...[keptBytes, counted, onlyTruth, closed],
  ...[bounded, nobodyHonestConvicted]
]
/** Two minutes were too short beside three other worlds on two cores. It costs only where something breaks. */
const PATIENCE_MS = 240_000
/** Actions shown of those that led to a failure. */
const SHOWN = 30

export interface Run {
  /** How many actions of each kind found what they needed. */
  performed: [Kind, number][]
  /** What broke, or nothing. */
  broken: string[]
}

export async function run(t: Assert, { seed, actions, mayOrganisersTurn }: Plan): Promise<Run> {
  const counts = new Map<Kind, number>()
  let step = 0
  const onCrash = (): void => t.comment(trace(seed, actions, step))
  process.on('uncaughtExceptionMonitor', onCrash) // Node's: Bare tells of the seed alone
  const world = await World.create(t, mayOrganisersTurn)
  const broken: string[] = []
  for (; step < actions.length && broken.length === 0; step++) {
    const { kind } = actions[step]!
    const outcome = await perform(world, actions[step]!)
    if (outcome.done) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    broken.push(...outcome.broken)
  }
  process.off('uncaughtExceptionMonitor', onCrash)
  if (broken.length > 0) broken.push(trace(seed, actions, step - 1))
  return { performed: [...counts].sort(), broken }
}

async function perform(world: World, action: Action): Promise<{ done: boolean; broken: string[] }> {
  const [a, b] = [world.actors[action.a], world.actors[action.b]]
  if (a === undefined || b === undefined || (isHostile(action.kind) && !a.hostile)) {
    throw new Error('The plan and the world differ in ' + describe(action))
  }
  try {
    const stage = { world, a, b, n: action.n, random: seeded(action.n) }
    const done = await ACTS[action.kind](stage)
    return { done, broken: await check(world, action) }
  } catch (err: any) {
    return { done: true, broken: [`It threw: ${err?.stack ?? err}`] }
  }
}

async function check(world: World, { kind, a }: Action): Promise<string[]> {
  world.takeNote()
  const broken = await brokenOf(world, ALWAYS)
  if (kind === 'settle') return [...broken, ...(await settled(world))]
  const actor = world.actors[a]!
  const back = ['kill', 'power', 'restart', 'up'].includes(kind)
  if (!back || actor.station === null || actor.hostile) return broken
  return [...broken, ...(await brokenAt(world, actor))]
}

async function settled(world: World): Promise<string[]> {
  let waiting: string[] = []
  const agree = async (): Promise<boolean> => {
    await findOneAnother(world)
    waiting = await brokenOf(world, IN_THE_END)
    return waiting.length === 0
  }
  await eventually(agree, { timeoutMs: PATIENCE_MS }).catch(() => {})
  world.takeNote()
  return [...waiting, ...(await brokenOf(world, [...ALWAYS, ...SETTLED]))]
}

async function brokenOf(world: World, rules: Rule[]): Promise<string[]> {
  const broken: string[] = []
  for (const rule of rules) broken.push(...(await rule(world)))
  return broken
}

function trace(seed: number, actions: Action[], step: number): string {
  const first = Math.max(0, step + 1 - SHOWN)
  const last = actions
    .slice(first, step + 1)
    .map((action, i) => `${first + i}: ${describe(action)}`)
  return `seed ${seed}, step ${step}; before it:\n${last.join('\n')}`
}
