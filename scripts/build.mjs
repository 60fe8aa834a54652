// Compiles the sources to dist/, for who has installed the packages already.

import { compile } from './lib/compile.mjs'
import { orSay } from './lib/say.mjs'

await orSay(compile)
