// `temoin-relay place`: which of several relays an operator invites into a circle. Asks nothing of them: the
// list is all there is to remember.

import { TemoinError } from '../../../core/errors.ts'
import { relaysFor } from '../../../relay/placement.ts'
import { wordsOf } from '../../../relay/options/values.ts'
import { wholeNumber } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'
import type { RelaySettings } from '../settings.ts'

const MAX_RELAYS = 1000

export const place: Verb<RelaySettings> = {
  path: 'place',
  summary: 'Say which of several relays shall hold a circle',
  args: [['<circle>', 'Its key, or whatever it is always called here']],
  flags: [
    ['--relays <names>', 'All relays there are, separated by commas'],
    ['--copies <n>', 'How many of them hold each circle (default 2)']
  ],
  run
}

async function run({ args, flags, out }: Invocation<RelaySettings>): Promise<void> {
  const relays = wordsOf(String(flags['relays'] ?? ''))
  if (relays.length === 0 || relays.length > MAX_RELAYS) {
    throw new TemoinError('BAD_INPUT', '--relays takes the names of all relays, such as a,b,c')
  }
  const bounds = { min: 1, max: relays.length }
  const copies = wholeNumber(
    '--copies',
    String(flags['copies'] ?? Math.min(2, relays.length)),
    bounds
  )
  const chosen = relaysFor(args['circle']!, relays, copies)
  out.event('placed', { circle: args['circle'], relays: chosen })
  for (const relay of chosen) out.say(relay)
}
