import test from 'brittle'
import { Shunned } from '../../../core/exchange/handing-on/shunned.ts'

const [replica, other] = [{}, {}] as [any, any]
const peer = {} as any

test('whoever let us down is left alone for a while, for that recording', (t) => {
  const shunned = new Shunned()
  shunned.add(replica, peer, { firstMs: 2000, nowMs: 0 })
  t.ok(shunned.has(replica, peer, 1999))
  t.absent(shunned.has(replica, peer, 2000))
  t.absent(shunned.has(other, peer, 0))
})

test('longer every time, up to a minute, and as if new after one that was good', (t) => {
  const shunned = new Shunned()
  const lengths: number[] = []
  let nowMs = 0
  for (let i = 0; i < 7; i++) {
    shunned.add(replica, peer, { firstMs: 2000, nowMs })
    const startMs = nowMs
    while (shunned.has(replica, peer, nowMs)) nowMs += 1000
    lengths.push(nowMs - startMs)
  }
  t.alike(lengths, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  nowMs += 60_000
  shunned.add(replica, peer, { firstMs: 2000, nowMs })
  t.absent(shunned.has(replica, peer, nowMs + 2000))
})

test('a new link starts afresh', (t) => {
  const shunned = new Shunned()
  shunned.add(replica, peer, { firstMs: 2000, nowMs: 0 })
  shunned.forget(peer)
  t.absent(shunned.has(replica, peer, 0))
})
