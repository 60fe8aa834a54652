import test from 'brittle'
import { UplinkQueue, type Item } from '../../../../mobile/ui/state/film/queue.ts'

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
  queue.ready(WINDOW, 1)
  t.alike(kinds(queue), ['init 1', '4 2', '5 3', '6 4'])
})

test('A new film gets each piece behind the init segment it was made for', (t) => {
  const queue = begun()
  queue.push(piece(0))
  queue.push(init(2))
  queue.push(piece(4))
  queue.take()
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
  queue.ready(WINDOW, 1)
  t.alike(kinds(queue), ['init 1', '8 2'])
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

test('Bytes of a recorder, which can be gone on with nowhere, fill no memory without end either', (t) => {
  const queue = new UplinkQueue(1000)
  for (let i = 0; i < 500; i++) {
    queue.push({ ...piece(i), kind: 'bytes', key: false })
    if (queue.waitingBytes > 1000) return t.fail('it keeps more than it may')
  }
  t.ok(queue.droppedUs > 0)
})

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
