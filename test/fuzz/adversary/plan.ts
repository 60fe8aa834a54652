// What will happen, and in which order: a pure function of the seed. An action is four plain values, so
// that a list of them can be printed, cut short, and performed again; what an action finds in its way
// (a device that is down, a link that is gone) it skips.

import type { Role } from '../../../core/types/keys.ts'
import { seeded } from '../../helpers/random.ts'
import type { Random } from '../../helpers/random.ts'

export const MAX_DEVICES = 12
const MAX_HOSTILE = 3
const ROLES: Role[] = ['contact', 'contact', 'contact', 'keeper', 'relay', 'organiser']

/** How often each thing happens, of all that happens. */
const WEIGHTS = {
  // what people and networks do
  film: 7,
  shoot: 14,
  stop: 5,
  join: 14,
  cut: 4,
  pause: 3,
  resume: 4,
  partition: 1,
  heal: 2,
  kill: 5,
  power: 4,
  restart: 3,
  up: 4,
  enrol: 6,
  revoke: 3,
  second: 8,
  reinstate: 5,
  own: 3,
  jump: 3,
  // what a member who turned does
  forge: 3,
  fork: 4,
  rival: 4,
  boast: 3,
  push: 4,
  replay: 3,
  claim: 3,
  gossip: 3,
  twoFaces: 2,
  flood: 3,
  malform: 5,
  // what an organiser who turned does besides
  accuse: 5,
  duel: 2,
  smuggle: 4,
  readmit: 3,
  behalf: 3,
  churn: 3,
  equivocate: 2,
  withhold: 3
} as const

export type Kind = keyof typeof WEIGHTS | 'settle'

export interface Action {
  kind: Kind
  /** Who does it, or to whom it happens. */
  a: number
  /** The other one, or the victim. */
  b: number
  /** Everything else about it follows from this number. */
  n: number
}

/** What is known of a device before anything has happened: all that the choices depend on. */
export interface Sketch {
  role: Role
  hostile: boolean
}

export const FOUNDER: Sketch = { role: 'organiser', hostile: false }

const HOSTILE: ReadonlySet<Kind> = new Set<Kind>([
  ...([
    'forge',
    'fork',
    'rival',
    'boast',
    'push',
    'replay',
    'claim',
    'gossip',
    'twoFaces'
  ] as const),
  ...(['flood', 'malform'] as const)
])

const ORGANISERS: ReadonlySet<Kind> = new Set<Kind>([
  ...(['accuse', 'duel', 'smuggle', 'readmit', 'behalf'] as const),
  ...(['churn', 'equivocate', 'withhold'] as const)
])

/** Everybody is joined, and looked at, after so many actions; and at the end. */
const SETTLE_EVERY = 25

export interface Plan {
  seed: number
  /** One of the hostile devices may be an organiser. */
  mayOrganisersTurn: boolean
  actions: Action[]
}

/** What the choices so far have led to, as far as they alone decide it. */
interface Sketched {
  devices: Sketch[]
  joined: [number, number][]
  mayOrganisersTurn: boolean
}

export function planOf(seed: number, steps: number, mayOrganisersTurn = false): Plan {
  const random = seeded(seed)
  const sketched: Sketched = { devices: [FOUNDER], joined: [], mayOrganisersTurn }
  const actions: Action[] = []
  while (actions.length < steps) {
    const last = actions.length === steps - 1
    const due = (actions.length + 1) % SETTLE_EVERY === 0
    const action = last || due ? settle(random) : next(random, sketched)
    actions.push(action)
    note(action, sketched)
  }
  return { seed, mayOrganisersTurn, actions }
}

function note({ kind, a, b, n }: Action, sketched: Sketched): void {
  const { devices, joined, mayOrganisersTurn } = sketched
  if (kind === 'enrol') devices.push(newcomer(n, devices, mayOrganisersTurn))
  if (kind === 'join') joined.push([a, b])
  if (kind !== 'kill' && kind !== 'power' && kind !== 'restart') return
  const kept = joined.filter((ends) => !ends.includes(a))
  joined.splice(0, joined.length, ...kept)
}

/** The device that an `enrol` brings. */
export function newcomer(
  n: number,
  devices: readonly Sketch[],
  mayOrganisersTurn: boolean
): Sketch {
  const random = seeded(n)
  const turned = devices.filter(({ hostile }) => hostile).length
  const hostile = turned < MAX_HOSTILE && devices.length > 2 && random.int(3) === 0
  if (hostile && mayOrganisersTurn) return { hostile, role: random.pick(rolesLeft(devices)) }
  const role = random.pick(ROLES)
  return { hostile, role: hostile && role === 'organiser' ? 'contact' : role }
}

/** Of organisers one turns at most: more is more than is promised (docs/SECURITY.md). */
function rolesLeft(devices: readonly Sketch[]): Role[] {
  const isTaken = devices.some(({ hostile, role }) => hostile && role === 'organiser')
  return isTaken ? ['contact', 'contact', 'keeper', 'relay'] : ['organiser', 'organiser', 'contact']
}

export function describe({ kind, a, b, n }: Action): string {
  return `${kind} ${a} ${b} ${n}`
}

export function isHostile(kind: Kind): boolean {
  return HOSTILE.has(kind) || isOrganisers(kind)
}

function isOrganisers(kind: Kind): boolean {
  return ORGANISERS.has(kind)
}

function settle(random: Random): Action {
  return { kind: 'settle', a: 0, b: 0, n: random.int(2 ** 31) }
}

function next(random: Random, { devices, joined, mayOrganisersTurn }: Sketched): Action {
  for (;;) {
    const kind = weighted(random, mayOrganisersTurn)
    const n = random.int(2 ** 31)
    const ends = isOfWires(kind)
      ? random.pick(joined)
      : [chosen(random, devices, actorOf(kind)), random.int(devices.length)]
    const [a, b] = ends ?? []
    if (a == null || b == null || (a === b && needsTwo(kind))) continue
    if (kind === 'enrol' && devices.length >= MAX_DEVICES) continue
    return { kind, a, b, n }
  }
}

/** Who may be the first of an action. */
function actorOf(kind: Kind): (sketch: Sketch, index: number) => boolean {
  if (isOrganisers(kind)) return ({ hostile, role }) => hostile && role === 'organiser'
  if (isHostile(kind)) return ({ hostile }) => hostile
  if (kind === 'film' || kind === 'shoot' || kind === 'stop')
    return ({ role, hostile }) => !hostile && (role === 'organiser' || role === 'contact')
  if (kind === 'enrol' || kind === 'revoke' || kind === 'reinstate')
    return ({ role }) => role === 'organiser'
  return () => true
}

/** Done to a wire that there is. */
function isOfWires(kind: Kind): boolean {
  return kind === 'cut' || kind === 'pause' || kind === 'resume'
}

function needsTwo(kind: Kind): boolean {
  return isHostile(kind) || kind === 'join' || kind === 'revoke' || kind === 'own'
}

function chosen(
  random: Random,
  devices: Sketch[],
  fits: (sketch: Sketch, index: number) => boolean
): number | null {
  const fitting = devices.flatMap((sketch, i) => (fits(sketch, i) ? [i] : []))
  return fitting.length === 0 ? null : random.pick(fitting)
}

function weighted(random: Random, mayOrganisersTurn: boolean): keyof typeof WEIGHTS {
  const every = Object.entries(WEIGHTS) as [keyof typeof WEIGHTS, number][]
  const all = every.filter(([kind]) => mayOrganisersTurn || !isOrganisers(kind))
  let left = random.int(all.reduce((sum, [, weight]) => sum + weight, 0))
  for (const [kind, weight] of all) {
    if (left < weight) return kind
    left -= weight
  }
  throw new Error('The weights do not add up')
}
