import test from 'brittle'
import type { RelayMemory } from '../../core/encoding/memory/relay-memory.ts'
import { pauseLeft } from '../../relay/scrub.ts'

const HOUR_MS = 3_600_000

function memory(more: Partial<RelayMemory> = {}): RelayMemory {
  return { days: [], cursor: null, scrubbedAtMs: 0, heard: [], ...more }
}

test('what was never read is read at once, and what was cut short goes on', (t) => {
  t.is(pauseLeft(memory(), 0), 0)
  const cursor = { recording: new Uint8Array(32) as never, index: 5 }
  t.is(pauseLeft(memory({ cursor, scrubbedAtMs: 1000 }), 2000), 0)
})

test('the next round waits for its day, however often the relay is started meanwhile', (t) => {
  const done = memory({ scrubbedAtMs: 100 * HOUR_MS })
  t.is(pauseLeft(done, 100 * HOUR_MS), 24 * HOUR_MS)
  t.is(pauseLeft(done, 123 * HOUR_MS), HOUR_MS)
  t.is(pauseLeft(done, 130 * HOUR_MS), 0)
  t.is(pauseLeft(done, 50 * HOUR_MS), 0, 'a clock that was set back holds nothing up')
})
