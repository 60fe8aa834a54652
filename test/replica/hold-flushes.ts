// A disk that takes its time: nothing that is written counts as flushed before the test says so.

import type { Assert } from 'brittle'
import type { Station } from '../helpers/devices/station.ts'

/** @returns lets the flushes end; so does the end of the test */
export function holdFlushes(t: Assert, { store }: Station): () => void {
  const flush = store.durable.bind(store)
  const gate = {} as { release: () => void }
  const open = new Promise<void>((resolve) => (gate.release = resolve))
  store.durable = () => open.then(flush)
  t.teardown(gate.release, { order: -3 })
  return gate.release
}
