// Compiles the sources to dist/, for who has installed the packages already.

import { compile } from './lib/compile.mjs'
import { compileUi } from './lib/compile-ui.mjs'
import { orSay } from './lib/say.mjs'

await orSay(async () => {
  await compile()
  await compileUi()
})
