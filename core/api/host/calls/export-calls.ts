// Evidence packages.

import type { Host } from '../host.ts'
import type { Group } from './handlers.ts'
import { groupOf } from './recording-calls.ts'

const MAX_HANDLE_BYTES = 64

export function exportCalls(host: Host): Group<'export'> {
  return {
    'export.start': async (given) => {
      const group = groupOf(host, given.key('recording'))
      return { export: await host.current.exports.start(group) }
    },
    'export.discard': (given) =>
      host.current.exports.discard(given.text('export', MAX_HANDLE_BYTES))
  }
}
