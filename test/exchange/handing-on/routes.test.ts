import b4a from 'b4a'
import test from 'brittle'
import { Routes } from '../../../core/exchange/handing-on/routes.ts'
import type { Announced } from '../../../core/replica/announced.ts'

const [AUTHOR, ANNE, BEA] = [1, 2, 3].map((n) => b4a.alloc(32, n)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array
]
const RECORDING = b4a.alloc(32, 9)
const ANNOUNCED: Announced = {
  recording: RECORDING,
  signer: b4a.alloc(32, 8),
  author: AUTHOR,
  startedAtMs: 0,
  previous: null
}

test('whom an author names has its place, and nobody else', (t) => {
  const routes = new Routes()
  t.is(routes.placeOf(ANNE, ANNOUNCED), -1)
  routes.add(AUTHOR, { recording: RECORDING, upstreams: [BEA, ANNE] })
  t.alike([routes.placeOf(BEA, ANNOUNCED), routes.placeOf(ANNE, ANNOUNCED)], [0, 1])
  routes.add(AUTHOR, { recording: RECORDING, upstreams: [] })
  t.is(routes.placeOf(ANNE, ANNOUNCED), -1, 'the newest word counts')
})

test('nobody but its author says whom to follow for a recording', (t) => {
  const routes = new Routes()
  routes.add(BEA, { recording: RECORDING, upstreams: [BEA] })
  t.is(routes.placeOf(BEA, ANNOUNCED), -1)
})

test('a member that names more and more has its own oldest forgotten, and nobody else’s', (t) => {
  const routes = new Routes()
  routes.add(AUTHOR, { recording: RECORDING, upstreams: [ANNE] })
  nameMany(routes, BEA)
  t.is(routes.placeOf(ANNE, ANNOUNCED), 0)
  nameMany(routes, AUTHOR)
  t.is(routes.placeOf(ANNE, ANNOUNCED), -1)
})

function nameMany(routes: Routes, by: Uint8Array): void {
  for (let i = 0; i < 600; i++) {
    const recording = b4a.alloc(32)
    recording[0] = i & 255
    recording[1] = i >> 8
    routes.add(by, { recording, upstreams: [ANNE] })
  }
}
