// All statements weighed together. What a statement is worth hangs on others, and theirs on it: two
// accuse each other, a second comes from who is accused itself. So they are read twice, over and over:
// softly, where nothing doubtful counts against anybody, and hard, where all of it does, each time
// against the other reading, until neither changes. (The alternating fixpoint of Van Gelder, Ross and
// Schlipf, "The well-founded semantics for general logic programs", 1991.) Pure.
//
// What both readings hold counts. What only the soft one holds is doubtful: a doubtful accusation cuts
// off, a doubtful addition does not let in.

import type { CircleId } from '../../types/keys.ts'
import { pushTo } from '../lists.ts'
import { Bench } from './bench.ts'
import { isBacked } from './against/seconds.ts'
import { cutsAtOnce, judge } from './judge.ts'
import { shareOneShot } from './against/holds.ts'
import { Knowledge } from './said/knowledge.ts'
import { isFounding, placeOf } from './said/statement.ts'
import type { Statement } from './said/statement.ts'
import { placeSeconded, World } from './world.ts'
import type { Matter } from './world.ts'

/** Far above what a history of people needs; what is doubtful then stays so. */
const MAX_ROUNDS = 64

export interface Evaluation {
  matter: Matter
  /** What counts. */
  sure: World
  /** What may. */
  possible: World
  /** What would count if all that a cut-off device says of the time before were true. */
  lenient: World
  bench: Bench
}

/** Null where the founding has not been read. */
export function evaluate(circle: CircleId, statements: Statement[]): Evaluation | null {
  const founding = statements.find((one) => isFounding(circle, one))
  if (founding === undefined) return null
  const knowledge = new Knowledge(statements, founding)
  const matter = matterOf(founding, knowledge)
  let sure = new World(matter)
  matter.everybody = reading(matter, sure)
  let possible = reading(matter, sure)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const size = [sure.size, possible.size].join()
    sure = reading(matter, possible)
    possible = withOneShotEach(matter, sure, reading(matter, sure))
    if ([sure.size, possible.size].join() === size) break
  }
  const lenient = reading(matter, possible, true)
  return { matter, sure, possible, lenient, bench: new Bench(matter, possible, sure) }
}

function matterOf(founding: Statement, knowledge: Knowledge): Matter {
  const seconds = new Map<string, Statement[]>()
  const byPlace = new Map<string, Statement>()
  for (const statement of knowledge.ordered) {
    byPlace.set(placeOf(statement), statement)
    const { entry } = statement
    if (entry.kind === 'seconded') pushTo(seconds, placeSeconded(entry.body), statement)
  }
  return { founding, founder: founding.by, knowledge, seconds, byPlace, everybody: null }
}

/** Everything that follows, where `assumed` is what may count against somebody. */
function reading(matter: Matter, assumed: World, isLenient = false): World {
  const sure = new World(matter)
  const bench = new Bench(matter, assumed, sure, isLenient)
  let size = -1
  while (size !== sure.size) {
    size = sure.size
    sure.refresh()
    for (const statement of matter.knowledge.ordered) weigh(bench, statement)
  }
  return sure
}

function weigh(bench: Bench, statement: Statement): void {
  const { sure } = bench
  if (sure.has(statement)) {
    if (!sure.backed.has(statement) && isBacked(bench, statement)) sure.backed.add(statement)
    return
  }
  if (judge(bench, statement) !== null) return
  sure.add(statement)
  if (cutsAtOnce(bench, statement)) sure.atOnce.add(statement)
}

/** Of doubtful accusations that one device could be behind, the first in order alone. */
function withOneShotEach(matter: Matter, sure: World, possible: World): World {
  // who made up an accuser that is none for sure is to be seen only where nobody was ever cut off
  const benches = [sure, matter.everybody!].map((world) => new Bench(matter, possible, world))
  const shares = (first: Statement, one: Statement): boolean =>
    benches.some((bench) => sharesShot(bench, first, one))
  const kept: Statement[] = []
  for (const one of matter.knowledge.ordered) {
    if (!possible.atOnce.has(one)) continue
    const isSecondShot = !sure.has(one) && kept.some((first) => shares(first, one))
    if (isSecondShot) possible.drop(one)
    else kept.push(one)
  }
  return possible
}

function sharesShot(bench: Bench, first: Statement, one: Statement): boolean {
  return first.by === one.by || shareOneShot(bench, first, one)
}
