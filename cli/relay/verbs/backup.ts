// `temoin-relay backup`: a copy of the relay's directory while it runs, as `temoin backup`.

import type { Verb } from '../../verb.ts'
import { backUp } from '../../verbs/device/backup.ts'
import type { RelaySettings } from '../settings.ts'

export const backup: Verb<RelaySettings> = {
  path: 'backup',
  summary: 'Copy the relay of this directory while it runs ("restore" makes a relay of the copy)',
  args: [['<dir>', 'A folder that does not exist yet, better on another disk']],
  run: backUp
}
