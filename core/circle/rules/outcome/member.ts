// What follows for each device: whether it is a member today, as what, and who cut it off. Pure.

import type { CircleCreated, MemberAdded } from '../../../encoding/journal/journal-entry.ts'
import type { BoxKey, DeviceKey, Role, Signature } from '../../../types/keys.ts'
import { pushTo } from '../../lists.ts'
import { liftings } from '../against/cuts.ts'
import type { Evaluation } from '../evaluate.ts'
import { isOpen } from '../against/holds.ts'
import type { Statement } from '../said/statement.ts'
import { RANKS_DOWN, roleOfRank } from '../world.ts'
import type { World } from '../world.ts'

/** `unconfirmed`: added by a device that was cut off, and nobody else knew of it in time. */
export type MemberState = 'active' | 'cut-off' | 'unconfirmed'

export interface Member {
  device: DeviceKey
  box: BoxKey
  /** Its own word for that key, so that it can be let in again. */
  boxSignature: Signature
  role: Role
  /** What it says itself, else what it was let in as. */
  name: string
  /** What whoever let it in wrote, or itself where it founded the circle. */
  addedAs: string
  /** When it said so, by its clock; null where it has said nothing that counts. */
  namedAtMs: number | null
  addedBy: DeviceKey
  addedAtMs: number
  state: MemberState
  /** Its powers wait until somebody seconds what it accused another of. */
  onHold: boolean
  revoked: { by: DeviceKey; atMs: number; reason: string } | null
}

/**
 * Whoever was let in: the founder, whom it let in, whom those let in, and so on. Where several let one
 * in, what the first of them said of its name counts; its box is its own whoever says it.
 */
export function membersOf(evaluation: Evaluation): Member[] {
  const { matter, lenient } = evaluation
  const entries = new Map([[matter.founder, matter.founding]])
  const additions = matter.knowledge.ordered.filter(({ entry }) => entry.kind === 'member-added')
  const confirmed = additions.filter((statement) => isConfirmed(evaluation, statement))
  const others = additions.filter((statement) => lenient.has(statement))
  for (const statements of [confirmed, others].map(byAuthor)) {
    for (const by of entries.keys()) {
      for (const one of statements.get(by) ?? []) {
        if (!entries.has(one.about)) entries.set(one.about, one)
      }
    }
  }
  return [...entries.values()].map((entry) => memberOf(evaluation, entry))
}

/** Those of each author in the order in which they are given. */
function byAuthor(statements: readonly Statement[]): Map<string, Statement[]> {
  const authors = new Map<string, Statement[]>()
  for (const one of statements) pushTo(authors, one.by, one)
  return authors
}

function isConfirmed({ sure }: Evaluation, statement: Statement): boolean {
  return statement.entry.kind === 'member-added' && sure.has(statement)
}

/** Revocations of a device that stand, the earliest first. */
export function cutsOf({ possible, bench, matter }: Evaluation, device: string): Statement[] {
  const { knowledge } = matter
  return possible
    .about(device, 'member-revoked')
    .filter((cut) => liftings(bench, cut).length === 0)
    .sort((a, b) => (knowledge.isEarlier(a, b) ? -1 : 1))
}

function memberOf(evaluation: Evaluation, statement: Statement): Member {
  const [cut] = cutsOf(evaluation, statement.about)
  const isSure = statement === evaluation.matter.founding || isConfirmed(evaluation, statement)
  return {
    ...introduction(statement),
    role: roleOf(evaluation, statement),
    state: cut !== undefined ? 'cut-off' : isSure ? 'active' : 'unconfirmed',
    onHold: isOnHold(evaluation, statement.about),
    revoked: cut === undefined ? null : revocation(cut)
  }
}

function introduction({ entry, line }: Statement) {
  const body = entry.body as CircleCreated | MemberAdded
  const { device, box, boxSignature, atMs: addedAtMs } = body
  const name = 'deviceName' in body ? body.deviceName : body.name
  const called = { name, addedAs: name, namedAtMs: null }
  return { device, box, boxSignature, ...called, addedBy: line.device, addedAtMs }
}

function revocation({ line, entry }: Statement): Member['revoked'] {
  const { atMs, reason } = entry.body as { atMs: number; reason: string }
  return { by: line.device, atMs, reason }
}

/** The most that its word is taken for: what was given, and not taken back since, or given again after that. */
function roleOf(evaluation: Evaluation, { about }: Statement): Role {
  const { sure, lenient } = evaluation
  const world = sure.isGranted(about, 0) ? sure : lenient
  return roleOfRank(RANKS_DOWN.find((rank) => hasRank(evaluation, world, about, rank)) ?? 0)
}

function hasRank({ sure, bench }: Evaluation, world: World, about: string, rank: number): boolean {
  const grants = world.grants(about, rank)
  const lost = sure.demotions(about, rank)
  return grants.length > 0 && lost.every((one) => grants.some((back) => bench.covers(back, one)))
}

function isOnHold({ possible, bench }: Evaluation, device: string): boolean {
  return [...possible.atOnce].some((one) => one.by === device && isOpen(bench, one))
}
