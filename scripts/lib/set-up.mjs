// What a clone needs before anything of it runs: packages, then the compiled output and the app. When
// nothing has changed it takes a moment and says nothing.

import { compile } from './compile.mjs'
import { compileUi } from './compile-ui.mjs'
import { install } from './install.mjs'

/** @throws where it cannot be done, with what to do */
export async function setUp() {
  checkNode()
  await install()
  await Promise.all([compile(), compileUi()])
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    throw new Error(`Node ${process.versions.node} is too old: install Node 20 or newer`)
  }
}
