import test from 'brittle'
import { chooseHops, isStalled, planRoutes } from '../../../core/replica/following/first-hops.ts'
import type { HopFacts } from '../../../core/replica/following/first-hops.ts'

const FRESH: HopFacts = {
  id: '',
  role: 'contact',
  isHop: false,
  isPushed: false,
  full: false,
  near: true,
  relayed: false,
  rttMs: 20,
  ackMs: null,
  stalledMs: 0,
  patienceMs: 650,
  lagMs: 0,
  failed: false
}

const HOP = { isHop: true, isPushed: true, ackMs: 60 }
const STALLED = { ...HOP, stalledMs: 651 }

/** Members by name, with what is unlike a fresh contact on the local network. */
type Members = Record<string, Partial<HopFacts>>

const CASES: [rule: string, members: Members, count: number, hops: string[]][] = [
  ['nobody there: nobody', {}, 2, []],
  ['one member is the only hop', { a: {} }, 2, ['a']],
  ['the two nearest of three', { a: { rttMs: 90 }, b: { rttMs: 10 }, c: {} }, 2, ['b', 'c']],
  ['equal members go by name, alike every time', { c: {}, b: {}, a: {} }, 2, ['a', 'b']],
  ['who was seen to be fast is', { a: { ackMs: 300 }, b: { ackMs: 40 } }, 1, ['b']],
  ['a relay elsewhere first', { a: { rttMs: 1 }, r: far('relay') }, 2, ['r', 'a']],
  ['a keeper elsewhere likewise', { a: { rttMs: 1 }, k: far('keeper') }, 1, ['k']],
  ['a relay in the same room is one of us', { a: { rttMs: 1 }, r: { role: 'relay' } }, 1, ['a']],
  ['a relay on an awful line is not', { a: {}, r: { ...far('relay'), ackMs: 1500 } }, 1, ['a']],
  [
    'two relays elsewhere: one, and then the fastest',
    { a: { rttMs: 1 }, r: far('relay'), s: far('relay') },
    2,
    ['r', 'a']
  ],
  ['direct before carried by a third', { a: { relayed: true }, b: { rttMs: 60 } }, 1, ['b']],
  ['a full disk passes nothing on', { a: { full: true, rttMs: 1 }, b: {} }, 2, ['b']],
  ['a hop that does well is kept', { a: { rttMs: 1 }, b: HOP }, 1, ['b']],
  ['a hop that stalls is replaced', { a: { rttMs: 400 }, b: STALLED }, 1, ['a']],
  [
    'of two that stall, the one that has for longer',
    { a: { ...STALLED, stalledMs: 900 }, b: STALLED, c: {}, d: {} },
    2,
    ['b', 'c']
  ],
  ['by nobody, where there is nobody', { b: STALLED }, 1, ['b']],
  ['nor by one that stalled just before', { a: { failed: true }, b: STALLED }, 1, ['b']],
  ['a slow hop is not stalled', { a: {}, b: { ...STALLED, patienceMs: 3000 } }, 1, ['b']],
  [
    'all are far behind, as on our own slow line: no change',
    { a: { lagMs: 2500 }, b: { ...HOP, lagMs: 2500 } },
    1,
    ['b']
  ],
  [
    'a hop far behind one that is not even pushed to gives way to it',
    { a: { lagMs: 300 }, b: { ...HOP, lagMs: 2500 } },
    1,
    ['a']
  ],
  ['who has still to catch up is no hop', { a: { lagMs: 9000, rttMs: 1 }, b: {} }, 1, ['b']],
  [
    'a relay that comes takes the place of the last',
    { a: HOP, b: HOP, r: far('relay') },
    2,
    ['r', 'a']
  ]
]

for (const [rule, members, count, hops] of CASES) {
  test(rule, (t) => {
    t.alike(chooseHops(factsOf(members), count), hops)
  })
}

test('only a hop can stall', (t) => {
  const [hop, other] = factsOf({ a: STALLED, b: { ...STALLED, isHop: false } })
  t.alike([isStalled(hop!), isStalled(other!)], [true, false])
})

test('hops follow the author, everybody else a hop', (t) => {
  const routes = plan({ a: HOP, b: HOP, c: {}, d: {} })
  t.alike(
    ['a', 'b'].map((id) => routes.get(id)),
    [[], []]
  )
  t.alike(routes.get('c'), ['a', 'b'])
  t.alike(routes.get('d'), ['b', 'a'], 'and not all the same one')
})

test('no phone is sent more than four, and a relay sixteen', (t) => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => ['m' + (10 + i), {}]))
  const phones = plan({ a: HOP, b: HOP, ...many })
  const relay = plan({ a: { ...HOP, role: 'relay' }, b: HOP, ...many })
  t.is(most(phones), 4)
  t.is(most(relay), 16)
  t.is(
    [...phones.values()].filter((route) => route.length > 0).length,
    30,
    'all are sent somewhere'
  )
})

test('nobody ever waits for who waits for it, whatever comes and goes', (t) => {
  let before = new Map<string, string>()
  for (let turn = 0; turn < 200; turn++) {
    const here = Array.from({ length: 24 }, (_, i) => 'm' + i).filter(
      (_, i) => (turn * 7 + i * 5) % 11
    )
    const members = Object.fromEntries(
      here.map((id, i) => [id, { lagMs: (turn + i) % 6 ? 0 : 5000 }])
    )
    const hops = here.slice(turn % 5, (turn % 5) + 2)
    const strays = here.slice(10, 10 + (turn % 4))
    const routes = planRoutes({ hops, all: factsOf(members), strays, before })
    before = new Map([...routes].flatMap(([id, [first]]) => (first ? [[id, first] as const] : [])))
    for (const id of here) if (!leadsToHop(id, routes, hops)) return t.fail(`turn ${turn}, ${id}`)
  }
  t.pass()
})

test('who was sent to somebody stays there', (t) => {
  const members = { a: HOP, b: HOP, c: {}, d: {}, e: {} }
  const before = new Map([
    ['c', 'b'],
    ['d', 'b']
  ])
  const routes = plan(members, { before })
  t.alike(
    ['c', 'd', 'e'].map((id) => routes.get(id)![0]),
    ['b', 'b', 'a']
  )
})

test('when a hop is gone, its followers are sent elsewhere and the others stay', (t) => {
  const before = new Map([
    ['c', 'a'],
    ['d', 'b']
  ])
  const routes = plan({ b: HOP, c: {}, d: {} }, { before, hops: ['b'] })
  t.alike(
    ['c', 'd'].map((id) => routes.get(id)![0]),
    ['b', 'b']
  )
})

test('who follows the author because it reaches no hop is offered those who did so before it', (t) => {
  const routes = plan({ a: HOP, c: {}, d: {}, e: {} }, { hops: ['a'], strays: ['d', 'c'] })
  t.alike(routes.get('d'), ['a'])
  t.alike(routes.get('c'), ['a', 'd'])
  t.alike(routes.get('e'), ['a'])
})

test('nobody stays with a hop that stalled', (t) => {
  const before = new Map([['c', 'a']])
  const routes = plan({ a: { failed: true }, b: HOP, c: {} }, { before, hops: ['b'] })
  t.alike(
    ['a', 'c'].map((id) => routes.get(id)),
    [['b'], ['b']]
  )
})

test('nobody is sent to a member that has yet to catch up', (t) => {
  const many = Object.fromEntries(Array.from({ length: 6 }, (_, i) => ['m' + i, { lagMs: 5000 }]))
  const routes = plan({ a: HOP, ...many }, { hops: ['a'] })
  t.ok([...routes.values()].every(([first]) => first === undefined || first === 'a'))
})

function far(role: 'relay' | 'keeper'): Partial<HopFacts> {
  return { role, near: false, rttMs: 80 }
}

function factsOf(members: Members): HopFacts[] {
  return Object.entries(members).map(([id, facts]) => ({ ...FRESH, id, ...facts }))
}

function plan(
  members: Members,
  { hops = ['a', 'b'], strays = [] as string[], before = new Map<string, string>() } = {}
): Map<string, string[]> {
  return planRoutes({ hops, all: factsOf(members), strays, before })
}

function most(routes: Map<string, string[]>): number {
  const counts = new Map<string, number>()
  for (const [first] of routes.values()) if (first) counts.set(first, (counts.get(first) ?? 0) + 1)
  return Math.max(...counts.values())
}

/** Whichever of the names a member follows, it comes to a hop in the end. */
function leadsToHop(id: string, routes: Map<string, string[]>, hops: string[], depth = 0): boolean {
  if (hops.includes(id)) return true
  if (depth > 30) return false
  return routes.get(id)!.every((next) => leadsToHop(next, routes, hops, depth + 1))
}
