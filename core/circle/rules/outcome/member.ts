// What follows for each device: whether it is a member today, as what, and who cut it off. Pure.

import type { CircleCreated, MemberAdded } from '../../../encoding/journal/journal-entry.ts'
import type { BoxKey, DeviceKey, Role, Signature } from '../../../types/keys.ts'
import { pushTo } from '../../lists.ts'
import { liftings } from '../against/cuts.ts'
import type { Evaluation } from '../evaluate.ts'
import { isOpen } from '../against/holds.ts'
import type { Statement } from '../said/statement.ts'
import { grantedBy } from '../world.ts'

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

/** What was said last; of what was said side by side, the one that allows less. */
function roleOf({ sure, lenient, bench }: Evaluation, { about }: Statement): Role {
  const changes = sure.about(about, 'role-changed')
  const last = changes.filter((one) => !changes.some((other) => bench.covers(other, one)))
  const [least] = byRank(last.length > 0 ? last : changes)
  const grants = sure.grants(about, 0)
  const [most] = byRank(grants.length > 0 ? grants : lenient.grants(about, 0)).reverse()
  return roleGivenBy(least ?? most!)
}

function byRank(statements: Statement[]): Statement[] {
  return [...statements].sort((a, b) => grantedBy(a)! - grantedBy(b)!)
}

function roleGivenBy({ entry }: Statement): Role {
  return entry.kind === 'circle-created' ? 'organiser' : (entry.body as MemberAdded).role
}

function isOnHold({ possible, bench }: Evaluation, device: string): boolean {
  return [...possible.atOnce].some((one) => one.by === device && isOpen(bench, one))
}
