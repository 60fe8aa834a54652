import b4a from 'b4a'
import { EventEmitter } from 'bare-events'
import test from 'brittle'
import type { Assert } from 'brittle'
import { isSilent, Revival } from '../../../core/links/dialling/revival.ts'
import { eventually } from '../../helpers/eventually.ts'

const ASK = b4a.from([0])
const HERE = b4a.from([1])
const LATE = b4a.from([2])

test('a line is silent where something waits for an answer for long', (t) => {
  const table: [string, number, number, boolean][] = [
    ['nothing waits', 0, 10, false],
    ['sent a moment ago', 500, 10, false],
    ['a slow line has more patience', 2500, 300, false],
    ['a dead line', 1600, 10, true],
    ['a slow line that is dead', 4000, 300, true]
  ]
  for (const [what, unansweredMs, rttMs, silent] of table) {
    t.is(isSilent({ unansweredMs, rttMs }), silent, what)
  }
})

test('what was sent a moment ago is not left without an answer, however long nothing was said before', async (t) => {
  const line = new Line(t, { inFlight: 0 })
  await line.stall(60_000)
  line.inFlight = 40
  await line.stall(1000)
  await line.looks()
  t.is(line.sent.length, 0)
  await line.stall(1000)
  await eventually(() => line.sent.length > 0)
})

test('on a dead line nobody dials; once the other end answers, one does', async (t) => {
  const line = new Line(t)
  await line.stall(5000)
  await eventually(() => line.sent.length > 3)
  t.ok(line.sent.every((message) => b4a.equals(message, ASK)))
  t.is(line.dials, 0)
  line.hear(HERE)
  t.is(line.dials, 1)
})

test('who was only late is not dialled anew, however long nothing was heard of it', async (t) => {
  const line = new Line(t)
  await line.stall(5000)
  await eventually(() => line.sent.length > 0)
  line.hear(LATE)
  line.hear(HERE)
  t.is(line.dials, 0)
})

test('where something comes in the other end is asked at once whether it was late', async (t) => {
  const line = new Line(t)
  await line.stall(5000)
  await eventually(() => line.sent.length > 0)
  line.packetsHeard++
  line.sent.length = 0
  await eventually(() => line.sent.length === 1)
  t.is(line.dials, 0)
  line.hear(HERE)
  t.is(line.dials, 1)
})

test('an answer that nobody asked for is no reason to dial', async (t) => {
  const line = new Line(t)
  await line.stall(5000)
  for (let i = 0; i < 3; i++) line.hear(HERE)
  t.is(line.dials, 0)
})

test('who is asked answers, and dials where the dialling is its own', (t) => {
  for (const dials of [true, false]) {
    const line = new Line(t, { dials, inFlight: 0 })
    line.pass(5000)
    line.hear(ASK)
    t.alike(line.sent, [HERE])
    t.is(line.dials, dials ? 1 : 0)
  }
})

test('a link with nothing to answer is left alone', async (t) => {
  const line = new Line(t, { inFlight: 0 })
  line.pass(60_000)
  await line.looks()
  line.packetsHeard++
  await line.looks()
  t.alike([line.sent.length, line.dials], [0, 0])
})

test('a member that asks on and on has a fresh link left alone', (t) => {
  const line = new Line(t)
  for (let i = 0; i < 100; i++) line.hear(ASK)
  t.is(line.dials, 0)
})

test('a device that is late itself says so where it is asked, and dials nobody anew', (t) => {
  const line = new Line(t)
  line.pass(5000)
  line.lateMs = 400
  line.hear(ASK)
  t.alike([line.sent, line.dials], [[LATE], 0])
  line.lateMs = 0
  line.hear(ASK)
  t.is(line.dials, 1)
})

test('a device that is late itself takes no line for dead, since it may not have listened', async (t) => {
  const line = new Line(t)
  line.lateMs = 400
  await line.stall(5000)
  await line.looks()
  t.is(line.sent.length, 0)
  line.lateMs = 0
  await eventually(() => line.sent.length > 0)
})

/** One end of a line that no test can cut in mid-packet: what comes in, and when, is in its hand. */
class Line {
  readonly sent: Uint8Array[] = []
  readonly stream = Object.assign(new EventEmitter(), {
    trySend: (message: Uint8Array) => void this.sent.push(message)
  })
  readonly rttMs = 10
  readonly closed = false
  inFlight: number
  packetsHeard = 7
  dials = 0
  lateMs = 0
  #nowMs = 0
  #looks = 0

  constructor(t: Assert, { dials = true, inFlight = 5000 } = {}) {
    this.inFlight = inFlight
    const link: any = this
    const revival = new Revival({
      links: () => (this.#looks++, [link]),
      redial: () => this.dials++,
      dials: () => dials,
      steadyMs: () => this.#nowMs,
      lateMs: () => this.lateMs
    })
    revival.add(link)
    revival.start()
    t.teardown(() => revival.stop())
  }

  pass(ms: number): void {
    this.#nowMs += ms
  }

  /** Time passes with something under way as it is now. */
  async stall(ms: number): Promise<void> {
    await this.looks()
    this.pass(ms)
  }

  hear(message: Uint8Array): void {
    this.packetsHeard++
    this.stream.emit('message', message)
  }

  async looks(): Promise<void> {
    const before = this.#looks
    await eventually(() => this.#looks > before + 2)
  }
}
