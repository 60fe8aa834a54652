// Compiles the sources to dist/, for who has installed the packages already.

import { compile } from './lib/compile.mjs'
import { say } from './lib/say.mjs'

try {
  await compile()
} catch (err) {
  say('temoin: ' + err.message)
  process.exitCode = 1
}
