// `temoin-relay place`: which of several relays an operator invites into a circle. Asks nothing of them: the
// list is all there is to remember.

import { TemoinError } from '../../../core/errors.ts'
import { relaysFor } from '../../../relay/placement.ts'
import { wordsOf } from '../../../relay/options/values.ts'
import { plain } from '../../output/printable.ts'
import { wholeNumber } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'
import type { RelaySettings } from '../settings.ts'

const MAX_RELAYS = 1000
/** As z32 text. */
const A_KEY = /^[ybndrfg8ejkmcpqxot1uwisza345h769]{52}$/

export const place: Verb<RelaySettings> = {
  path: 'place',
  summary: 'Say which of several relays shall hold a circle',
  args: [['<circle>', 'Its whole key: "temoin circle show" has it behind the name']],
  flags: [
    ['--relays <names>', 'All relays there are, separated by commas'],
    ['--copies <n>', 'How many of them hold each circle (default 2)']
  ],
  run
}

async function run({ args, flags, out }: Invocation<RelaySettings>): Promise<void> {
  const circle = circleIn(args['circle']!)
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
  const chosen = relaysFor(circle, relays, copies)
  out.event('placed', { circle, relays: chosen })
  for (const relay of chosen) out.say(relay)
}

/** The whole of it: of a part there would be another answer than of the rest. */
function circleIn(text: string): string {
  const circle = text.trim().toLowerCase()
  if (A_KEY.test(circle)) return circle
  throw new TemoinError(
    'BAD_INPUT',
    `"place" takes the whole key of a circle, 52 letters, not "${plain(text)}": "temoin circle show" has it behind the name, and so has "temoin-relay circles --json"`
  )
}
