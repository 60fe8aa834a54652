// Makes a clone ready to run: packages, then the compiled output. `npm start` and `npm test` call it
// first (not as a pre-script: npm skips those where install scripts are switched off, as they are here).
// When nothing has changed it takes a moment and says nothing.

import { compile } from './lib/compile.mjs'
import { compileUi } from './lib/compile-ui.mjs'
import { install } from './lib/install.mjs'
import { orSay } from './lib/say.mjs'

await orSay(async () => {
  checkNode()
  await install()
  await Promise.all([compile(), compileUi()])
})

function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    throw new Error(`Node ${process.versions.node} is too old: install Node 20 or newer`)
  }
}
