// Everything that was ever said of who belongs, and of what each is called, with what became of it: nothing
// is hidden, not even what does not count. Plain data. Pure.

import type { DeviceKey, JournalKey, Role } from '../../../types/keys.ts'
import { liftings } from '../against/cuts.ts'
import type { Evaluation } from '../evaluate.ts'
import { isOpen } from '../against/holds.ts'
import { judge } from '../judge.ts'
import type { Why } from '../judge.ts'
import { pushTo } from '../../lists.ts'
import { validSeconds } from '../against/seconds.ts'
import type { Statement, StatementEntry } from '../said/statement.ts'
import { placeSeconded } from '../world.ts'
import { inTime } from './names.ts'
import type { Naming } from './names.ts'

export type HistoryState = 'effective' | 'on-hold' | 'void'

/**
 * Why a statement has less than its full effect. `needs-second` on an effective revocation: it cuts
 * off, and its author has no powers until somebody stands by it.
 */
export type HistoryWhy = Why | 'reinstated' | 'unconfirmed' | 'not-independent' | 'disputed'

export interface HistoryEntry {
  kind: StatementEntry['kind'] | 'named'
  by: DeviceKey
  about: DeviceKey
  /** By its author's clock: a claim. */
  atMs: number
  role: Role | null
  /** Empty where none was given. */
  reason: string
  /** What `about` is called by this: as it was let in, or says itself; empty for any other kind. */
  name: string
  /** Of a `named`: what it was called before. */
  was: string
  journal: JournalKey
  index: number
  state: HistoryState
  why: HistoryWhy | null
}

/** In causal order, as far as there is one: a name before the first statement whose author had read it. */
export function historyOf(evaluation: Evaluation, namings: readonly Naming[]): HistoryEntry[] {
  const { ordered } = evaluation.matter.knowledge
  const before = namesBefore(evaluation, namings)
  const named = (place: number): HistoryEntry[] => inTime(before.get(place) ?? []).map(nameEntry)
  const said = ordered.flatMap((one, place) => [...named(place), entryOf(evaluation, one)])
  return [...said, ...named(ordered.length)]
}

/** By the place of the statement they go before; what nobody had read goes behind all. */
function namesBefore({ matter }: Evaluation, namings: readonly Naming[]): Map<number, Naming[]> {
  const { knowledge } = matter
  const { ordered } = knowledge
  const places = namings.map((naming) => {
    const place = ordered.findIndex((one) => knowledge.covers(one, naming))
    return place === -1 ? ordered.length : place
  })
  for (let i = namings.length - 1; i > 0; i--) {
    const isNext = namings[i]!.device === namings[i - 1]!.device
    if (isNext) places[i - 1] = Math.min(places[i - 1]!, places[i]!)
  }
  const before = new Map<number, Naming[]>()
  namings.forEach((naming, i) => pushTo(before, places[i]!, naming))
  return before
}

function nameEntry({ line, said, was, why }: Naming): HistoryEntry {
  const { device, journal, index } = line
  return {
    kind: 'named',
    by: device,
    about: device,
    atMs: said.atMs,
    role: null,
    reason: '',
    name: said.name,
    was,
    journal,
    index,
    state: why === null ? 'effective' : 'void',
    why
  }
}

function entryOf(evaluation: Evaluation, said: Statement): HistoryEntry {
  const { entry, line, index } = said
  const { kind, body } = entry
  return {
    kind,
    by: line.device,
    about: body.device,
    atMs: body.atMs,
    role: 'role' in body ? body.role : null,
    reason: 'reason' in body ? body.reason : '',
    name: nameIn(body),
    was: '',
    journal: line.journal,
    index,
    ...effectOf(evaluation, said)
  }
}

/** What whoever let it in wrote; of the founding what the founder was called, not the circle. */
function nameIn(body: StatementEntry['body']): string {
  if ('deviceName' in body) return body.deviceName
  return 'name' in body ? body.name : ''
}

interface Effect {
  state: HistoryState
  why: HistoryWhy | null
}

function effectOf(evaluation: Evaluation, said: Statement): Effect {
  const { sure, possible, lenient, bench } = evaluation
  if (said.entry.kind === 'member-revoked' && possible.has(said)) return cutEffect(evaluation, said)
  if (sure.has(said)) return isVainSecond(evaluation, said) ? vain : effective
  if (said.entry.kind === 'member-added' && lenient.has(said)) {
    return { state: 'on-hold', why: 'unconfirmed' }
  }
  const why = judge(bench, said)
  return { state: why === 'needs-second' ? 'on-hold' : 'void', why: why ?? 'disputed' }
}

const effective: Effect = { state: 'effective', why: null }
const vain: Effect = { state: 'void', why: 'not-independent' }

function cutEffect({ possible, bench }: Evaluation, cut: Statement): Effect {
  if (liftings(bench, cut).length > 0) return { state: 'void', why: 'reinstated' }
  const waits = possible.atOnce.has(cut) && isOpen(bench, cut)
  return { state: 'effective', why: waits ? 'needs-second' : null }
}

/** Its author and that of what it stands by could be one, or it is the one that was accused. */
function isVainSecond({ bench, matter }: Evaluation, said: Statement): boolean {
  if (said.entry.kind !== 'seconded') return false
  const seconded = matter.byPlace.get(placeSeconded(said.entry.body))
  return seconded === undefined || !validSeconds(bench, seconded).includes(said)
}
