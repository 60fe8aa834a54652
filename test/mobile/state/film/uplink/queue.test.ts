import test from 'brittle'
import { UplinkQueue, type Item } from '../../../../../mobile/ui/state/film/uplink/queue.ts'

const WINDOW = 1000

test('Everything goes out once and in order', (t) => {
  const queue = begun()
  for (let i = 0; i < 5; i++) queue.push(piece(i))
  t.alike(kinds(queue), ['init 1', '0 2', '1 3', '2 4', '3 5', '4 6'])
  t.alike(kinds(queue), [])
})

test('No more is on the way than the engine takes', (t) => {
  const queue = begun()
  for (let i = 0; i < 30; i++) queue.push(piece(i))
  const sent = queue.take()
  t.ok(sent.reduce((sum, { data }) => sum + data.byteLength, 0) <= WINDOW)
  t.alike(queue.take(), [], 'nothing more before an answer')
  queue.durable(sent.at(-1)!.header.seq)
  t.ok(queue.take().length > 0)
})

test('A piece larger than the window goes by itself', (t) => {
  const queue = begun()
  queue.push({ ...piece(0), data: new Uint8Array(5 * WINDOW) })
  t.is(queue.take().length, 1, 'the init segment')
  queue.durable(1)
  t.is(queue.take().length, 1)
})

test('What the engine has not got is sent again when the line is back', (t) => {
  const queue = begun()
  for (let i = 0; i < 4; i++) queue.push(piece(i))
  queue.take()
  queue.durable(2)
  queue.lost()
  t.alike(queue.take(), [], 'nothing goes out while it is away')
  queue.ready(WINDOW, 4)
  t.alike(kinds(queue), ['2 4', '3 5'])
})

test('A new film begins with the init segment and a key, though the old engine had both', (t) => {
  const queue = begun()
  for (let i = 0; i < 7; i++) queue.push(piece(i))
  queue.take()
  queue.durable(7)
  queue.begin()
  queue.ready(WINDOW, 1)
  t.alike(kinds(queue), ['init 1', '4 2', '5 3', '6 4'])
})

test('A new film gets each piece behind the init segment it was made for', (t) => {
  const queue = begun()
  queue.push(piece(0))
  queue.push(init(2))
  queue.push(piece(4))
  queue.take()
  queue.begin()
  queue.ready(WINDOW, 1)
  t.alike(kinds(queue), ['init 1', '0 2', 'init 3', '4 4'])
})

test('What is durable needs no memory, but for the newest that a film can begin with', (t) => {
  const queue = begun()
  for (let i = 0; i < 9; i++) {
    queue.push(piece(i))
    queue.durable(queue.take().at(-1)!.header.seq)
  }
  t.is(queue.waitingBytes, 0)
  t.is(queue.waitingSeconds, 0)
  t.ok(queue.isEmpty)
  queue.begin()
  queue.ready(WINDOW, 1)
  t.alike(kinds(queue), ['init 1', '8 2'])
})

test('Media time is counted once where pieces overlap, as it waits and as it is given up', (t) => {
  const queue = new UplinkQueue(450)
  queue.push(init(1))
  for (let n = 0; n < 4; n++) queue.push({ ...piece(n), startUs: Math.max(0, n - 2) * 250_000 })
  t.is(queue.waitingSeconds, 1)
  queue.push({ ...piece(4), startUs: 500_000 })
  t.is(queue.droppedUs, 1_000_000)
})

test('A film of the engine has media once any of it is durable, and not by its beginning alone', (t) => {
  const queue = begun()
  queue.push(gapAt(0))
  queue.push(piece(1))
  queue.take()
  queue.durable(2)
  t.absent(queue.hasDurableMedia)
  queue.durable(3)
  t.ok(queue.hasDurableMedia)
  queue.begin()
  t.absent(queue.hasDurableMedia, 'another film has none yet')
})

test('Where memory ends, the oldest is given up to the next key, and said', (t) => {
  const queue = new UplinkQueue(1000)
  queue.push(init(1))
  for (let i = 0; i < 12; i++) queue.push(piece(i))
  t.is(queue.droppedUs, 1_000_000)
  queue.ready(10_000, 1)
  const [first, gap, next] = queue.take()
  t.is(first!.header.kind, 'init')
  t.alike(gap!.header, { kind: 'gap', seq: 2, fromUs: 0, toUs: 1_000_000, reason: 'memory-full' })
  t.is(next!.data[0], 4)
})

test('However long the engine is away, memory ends where it was said to', (t) => {
  const queue = new UplinkQueue(1000)
  queue.push(init(1))
  for (let i = 0; i < 400; i++) {
    queue.push(piece(i))
    if (queue.waitingBytes > 1000 + 400) return t.fail('it keeps more than it may')
  }
  queue.ready(10_000, 1)
  const out = queue.take()
  const gaps = out.filter(({ header }) => header.kind === 'gap')
  t.is(gaps.length, 1)
  const { fromUs, toUs } = gaps[0]!.header as unknown as { fromUs: number; toUs: number }
  t.is(toUs - fromUs, queue.droppedUs, 'each moment is counted once')
  t.is(out[2]!.data[0]! % 4, 0, 'and it goes on at a key')
})

test('A number stays with its piece, whatever is given up or cut', (t) => {
  const queue = new UplinkQueue(1000)
  queue.ready(350, 1)
  const engine = new Map<number, string>()
  queue.push(init(1))
  for (let i = 0; i < 5; i++) queue.push(piece(i))
  const [first, ...late] = queue.take() // the engine has read the first, and says so too early for the rest
  engine.set(first!.header.seq, textOf(first!))
  queue.lost()
  queue.ready(0, 2)
  queue.lost()
  for (let i = 5; i < 40; i++) queue.push(piece(i))
  t.ok(queue.droppedUs > 0)
  for (const each of late) engine.set(each.header.seq, textOf(each))
  queue.ready(100_000, 2)
  for (const each of queue.take()) {
    const { seq } = each.header
    t.is(engine.get(seq) ?? textOf(each), textOf(each), `number ${seq}`)
    engine.set(seq, textOf(each))
  }
  const numbers = [...engine.keys()].sort((a, b) => a - b)
  t.alike(
    numbers,
    numbers.map((_, index) => index + 1),
    'none is left out'
  )
})

test('Numbers stay with their pieces through any order of cuts, answers and full memory', (t) => {
  for (let seed = 1; seed <= 200; seed++) {
    const wrong = wander(seed)
    if (wrong !== null) return t.fail(`seed ${seed}: ${wrong}`)
  }
  t.pass()
})

test('An engine that counts otherwise gets nothing more: its film is not the one that was numbered', (t) => {
  const queue = begun()
  queue.push(piece(0))
  queue.take()
  t.absent(queue.ready(WINDOW, 4), 'it has what was never sent')
  queue.durable(2)
  t.absent(queue.ready(WINDOW, 2), 'it lacks what it had')
  t.ok(queue.ready(WINDOW, 3))
})

test('Why something is missing stays said where memory ends', (t) => {
  const queue = new UplinkQueue(1000)
  queue.push(init(1))
  for (let i = 0; i < 4; i++) queue.push(piece(i))
  queue.push({ ...gapAt(4), reason: 'camera-lost' })
  for (let i = 8; i < 20; i++) queue.push(piece(i))
  queue.ready(10_000, 1)
  const reasons = queue.take().map(({ header }) => (header.kind === 'gap' ? header.reason : ''))
  t.alike(reasons.slice(1, 4), ['memory-full', 'camera-lost', 'memory-full'])
})

test('Bytes of a recorder, which can be gone on with nowhere, fill no memory without end either', (t) => {
  const queue = new UplinkQueue(1000)
  for (let i = 0; i < 500; i++) {
    queue.push(bytes(i, i === 0))
    if (queue.waitingBytes > 1000) return t.fail('it keeps more than it may')
  }
  t.ok(queue.droppedUs > 0)
  t.ok(queue.needsHead, 'the recorder has to begin anew')
  queue.push(bytes(500, true))
  queue.ready(10_000, 1)
  const out = queue.take()
  t.alike(
    out.map(({ header }) => header.kind),
    ['gap', 'bytes']
  )
  t.is((out[1]!.header as { head?: true }).head, true)
})

test('A new film takes a recorder’s bytes from where it began anew, and says what is lost', (t) => {
  const queue = begun()
  for (let i = 0; i < 4; i++) queue.push(bytes(i, i === 0))
  queue.take()
  queue.durable(3)
  queue.lost()
  for (let i = 4; i < 8; i++) queue.push(bytes(i, i === 6))
  queue.begin()
  t.absent(queue.needsHead)
  queue.ready(WINDOW, 1)
  const [gap, ...rest] = queue.take()
  t.alike(gap!.header, {
    ...{ kind: 'gap', seq: 1, fromUs: 500_000, toUs: 1_500_000 },
    reason: 'engine-away'
  })
  t.alike(
    rest.map(({ data }) => data[0]),
    [6, 7]
  )
  t.is(queue.droppedUs, 1_000_000)
})

test('The end of a recorder waits behind its bytes, and is nothing that could be lost', (t) => {
  const queue = begun()
  for (let i = 0; i < 2; i++) queue.push(bytes(i, i === 0))
  queue.push({ ...gapAt(2), kind: 'end' })
  t.alike(
    queue.take().map(({ header }) => `${header.kind} ${header.seq}`),
    ['init 1', 'bytes 2', 'bytes 3', 'end 4']
  )
  queue.durable(3)
  t.absent(queue.isEmpty)
  queue.lost()
  queue.begin()
  queue.ready(WINDOW, 1)
  t.alike(
    queue.take().map(({ header }) => header.kind),
    ['end']
  )
  t.is(queue.droppedUs, 0)
  queue.durable(1)
  t.ok(queue.isEmpty)
})

test('A new film with nothing that a recorder’s bytes could be read by asks for a beginning', (t) => {
  const queue = begun()
  queue.push(bytes(0, true))
  queue.durable(queue.take().at(-1)!.header.seq)
  queue.begin()
  t.ok(queue.needsHead)
})

/** The engine of a test: reads frames of all connections in their order, by number. */
function wander(seed: number): string | null {
  const random = randomOf(seed)
  const queue = new UplinkQueue(1500)
  const had = new Map<number, string>()
  let taken = 0
  let durable = 0
  const pending: ReturnType<UplinkQueue['take']> = []
  queue.push(init(1))
  for (let i = 0; i < 300; i++) {
    queue.push(piece(i))
    const act = random(6)
    if (act === 0) queue.lost()
    if (act === 1 && !queue.ready(500, taken + 1)) return 'refused'
    if (act === 2) queue.durable((durable = taken))
    if (act === 3) pending.push(...queue.take())
    const read = pending.splice(0, random(4))
    for (const each of read) {
      const { seq } = each.header
      if (seq > taken + 1) return `${seq} after ${taken}`
      if ((had.get(seq) ?? textOf(each)) !== textOf(each)) return `${seq} is two things`
      had.set(seq, textOf(each))
      taken = Math.max(taken, seq)
    }
  }
  return durable > taken ? 'durable' : null
}

/** Whole numbers below `n` (a linear congruential generator, as in ANSI C). */
function randomOf(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >> 8) % n
  }
}

function begun(): UplinkQueue {
  const queue = new UplinkQueue()
  queue.ready(WINDOW, 1)
  queue.push(init(1))
  return queue
}

/** `<what> <seq>` of what goes out. */
function kinds(queue: UplinkQueue): string[] {
  return queue.take().map(({ header, data }) => {
    return `${header.kind === 'init' ? 'init' : data[0]} ${header.seq}`
  })
}

function textOf({ header, data }: { header: object; data: Uint8Array }): string {
  return `${JSON.stringify(header)} ${data.join()}`
}

function bytes(n: number, head: boolean): Item {
  return { ...piece(n), kind: 'bytes', key: head }
}

function gapAt(n: number): Item {
  return { ...piece(n), kind: 'gap', key: false, data: new Uint8Array(0) }
}

function init(mark: number): Item {
  const data = new Uint8Array([mark])
  return { kind: 'init', data, key: false, startUs: 0, endUs: 0, mime: 'video/mp4' }
}

/** The nth quarter of a second, 100 bytes; each fourth is a key. */
function piece(n: number): Item {
  const data = new Uint8Array(100).fill(n)
  return {
    kind: 'fragment',
    data,
    key: n % 4 === 0,
    startUs: n * 250_000,
    endUs: (n + 1) * 250_000
  }
}
