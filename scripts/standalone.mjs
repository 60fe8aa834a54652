// Makes `temoin-relay` a single file that runs without Node: `node scripts/standalone.mjs [target...]`, by
// default for linux-x64 and linux-arm64, into out/<target>/. Uses bare-build, fetched by npm at this very
// version and kept out of the project's own packages: nothing else here needs it.

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { compile } from './lib/compile.mjs'
import { orSay, root, say } from './lib/say.mjs'

const BARE_BUILD = 'bare-build@0.2.8'
const TARGETS = ['linux-x64', 'linux-arm64']
const ENTRY = 'dist/cli/relay/standalone.js'

await orSay(async () => {
  await compile()
  const targets = process.argv.length > 2 ? process.argv.slice(2) : TARGETS
  for (const target of targets) build(target)
})

function build(target) {
  const out = path.join('out', target)
  fs.rmSync(path.join(root, out), { recursive: true, force: true })
  const args = ['--standalone', '--target', target, '--name', 'temoin-relay', '--out', out, ENTRY]
  const words = ['exec', '--yes', '--package', BARE_BUILD, '--', 'bare-build', ...args]
  const shell = process.platform === 'win32' // npm is a .cmd file there; no argument needs quoting
  const { status } = spawnSync('npm', words, { cwd: root, stdio: 'inherit', shell })
  const file = path.join(root, out, 'temoin-relay')
  if (status !== 0 || !fs.existsSync(file)) {
    throw new Error(`${BARE_BUILD} made no file for ${target}: see what it says above`)
  }
  const megabytes = Math.round(fs.statSync(file).size / 1e6)
  say(`temoin: ${path.join(out, 'temoin-relay')}, ${megabytes} MB`)
}
