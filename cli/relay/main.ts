// `temoin-relay`, and `temoin relay`: a thin command over relay/. SIGHUP reads its options again.

import { parseFor } from '../command-line.ts'
import type { Program } from '../command-line.ts'
import { runToEnd } from '../main.ts'
import { RELAY_FLAGS, relaySettings } from './settings.ts'
import type { RelaySettings } from './settings.ts'
import { relayVerbs } from './verbs/all.ts'

const RELAY: Program<RelaySettings> = {
  name: 'temoin-relay',
  about: 'Always on: keeps what its circles film, as ciphertext it cannot read.',
  footer:
    'Every option may also stand in the environment (TEMOIN_RELAY_QUOTA) or in a file (quota = 200G).\nExit codes: 0 done, 1 failed, 2 wrong usage or bad input, 3 storage in use.',
  groups: {},
  globals: RELAY_FLAGS,
  settings: relaySettings
}

export function relayMain(argv: string[]): Promise<void> {
  return runToEnd(argv, () => parseFor(RELAY, argv, relayVerbs), ['SIGINT', 'SIGTERM'])
}
