// The worlds of one test file: which seeds, how many steps each. Four files share the work, so that it
// is done side by side, and none takes long.

import test from 'brittle'
import process from '#process'
import { leaks } from '../../helpers/leaks.ts'
import { planOf } from './plan.ts'
import { run } from './run.ts'

const IS_BARE = 'Bare' in globalThis
/** 2,000 over both runtimes; under Bare as many devices take longer. */
const STEPS = Number(process.env['TEMOIN_STEPS'] ?? (IS_BARE ? 400 : 1600))
/** Bare begins where Node's worlds end. */
const SEED = Number(process.env['TEMOIN_SEED'] ?? (IS_BARE ? 9 : 1))
/** A world for so many steps: what a test keeps until its end grows with them. */
const WORLD_STEPS = IS_BARE ? 100 : 200
/** In every second world an organiser may turn; in all of them where it is asked for. */
const ORGANISERS_TURN_IN_ALL = process.env['TEMOIN_ORGANISERS'] === '1'
const FILES = 4

/** @param file which of the files this is, from 0 */
export function testWorlds(file: number): void {
  if (file * WORLD_STEPS >= STEPS) test('no world is left for this file', (t) => t.pass())
  for (let i = file; i * WORLD_STEPS < STEPS; i += FILES) {
    const seed = SEED + i
    const mayTurn = ORGANISERS_TURN_IN_ALL || seed % 2 === 0
    testWorld(seed, Math.min(WORLD_STEPS, STEPS - i * WORLD_STEPS), mayTurn)
  }
}

/** Worlds of a long run in which something broke that is mended. An organiser may turn in them. */
export function testAgain(...seeds: number[]): void {
  if (IS_BARE) return
  for (const seed of seeds) testWorld(seed, WORLD_STEPS, true)
}

function testWorld(seed: number, steps: number, mayOrganisersTurn: boolean): void {
  const title = `world ${seed}: what was promised holds through ${steps} steps`
  test(title, { timeout: 600_000 }, async (t) => {
    t.comment(`to see it again: TEMOIN_SEED=${seed} TEMOIN_STEPS=${steps}`)
    leaks(t)
    const { broken, performed } = await run(t, planOf(seed, steps, mayOrganisersTurn))
    t.comment(performed.map(([kind, count]) => `${kind} ${count}`).join(', '))
    t.is(broken.join('\n'), '')
  })
}
