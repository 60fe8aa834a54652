// Makes a clone ready to run. `npm test` and others call it first (not as a pre-script: npm skips those
// where install scripts are switched off, as they are here).

import { orSay } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await orSay(setUp)
