import b4a from 'b4a'
import test from 'brittle'
import { ByteQueue } from '../../core/media/byte-queue.ts'
import { seeded } from '../helpers/random.ts'

test('bytes come out as they went in, in any mix of pushing and taking', (t) => {
  const random = seeded(3)
  const queue = new ByteQueue()
  const input: Uint8Array[] = []
  const output: Uint8Array[] = []
  for (let i = 0; i < 500; i++) {
    const chunk = random.bytes(random.int(5000))
    input.push(chunk)
    queue.push(chunk)
    queue.advance(random.int(queue.available + 1))
    output.push(queue.take(random.int(queue.scanned + 1)))
  }
  queue.advance(queue.available)
  output.push(queue.take(queue.scanned))
  t.is(queue.length, 0)
  t.ok(b4a.equals(b4a.concat(output), b4a.concat(input)))
  t.is(queue.position, b4a.concat(input).byteLength)
})

test('what was taken does not change with what comes after', (t) => {
  const queue = new ByteQueue()
  queue.push(b4a.from('first'))
  queue.advance(5)
  const taken = queue.take(5)
  for (let i = 0; i < 100; i++) queue.push(b4a.alloc(10_000, i))
  t.is(b4a.toString(taken), 'first')
})

test('a view shows what lies behind the cursor, and no more than there is', (t) => {
  const queue = new ByteQueue()
  queue.push(b4a.from('header'))
  queue.advance(2)
  t.is(b4a.toString(queue.view(2)), 'ad')
  t.is(b4a.toString(queue.view(100)), 'ader')
  queue.advance(100)
  t.is(queue.view(1).byteLength, 0)
})
