// Builds only the web UI, for who works on it.

import { compileUi } from './lib/compile-ui.mjs'
import { orSay } from './lib/say.mjs'

await orSay(compileUi)
