// Makes `temoin-relay` a single file that runs without Node: `node scripts/standalone.mjs [target...]`, by
// default for linux-x64 and linux-arm64, into out/<target>/. Uses bare-build, fetched by npm at this very
// version into a folder of its own (.cache/standalone), apart from the project's packages: nothing else here
// needs it.

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { compile } from './lib/compile.mjs'
import { orSay, root, say } from './lib/say.mjs'

const TOOLS = path.join(root, '.cache/standalone')
const PACKAGES = {
  'bare-build': '0.2.8',
  'bare-module-lexer': '1.6.5' // a part of it: newer ones run on no Node 20, which Debian 13 has
}
const BARE_BUILD = path.join(TOOLS, 'node_modules/bare-build/bin.js')
const TARGETS = ['linux-x64', 'linux-arm64']
const ENTRY = 'dist/cli/relay/standalone.js'

await orSay(async () => {
  await compile()
  install()
  const targets = process.argv.length > 2 ? process.argv.slice(2) : TARGETS
  for (const target of targets) build(target)
})

/** @throws where npm cannot fetch it; it has said why by then */
function install() {
  fs.mkdirSync(TOOLS, { recursive: true })
  const manifest = { private: true, dependencies: PACKAGES }
  fs.writeFileSync(path.join(TOOLS, 'package.json'), JSON.stringify(manifest))
  const shell = process.platform === 'win32' // npm is a .cmd file there; no argument needs quoting
  const words = ['install', '--no-audit', '--no-fund', '--loglevel', 'error']
  const { status } = spawnSync('npm', words, { cwd: TOOLS, stdio: 'inherit', shell })
  if (status !== 0) throw new Error('bare-build could not be fetched: see what npm says above')
}

function build(target) {
  const out = path.join('out', target)
  fs.rmSync(path.join(root, out), { recursive: true, force: true })
  const args = ['--standalone', '--target', target, '--name', 'temoin-relay', '--out', out, ENTRY]
  const { status } = spawnSync(process.execPath, [BARE_BUILD, ...args], {
    cwd: root,
    stdio: 'inherit'
  })
  const file = path.join(root, out, 'temoin-relay')
  if (status !== 0 || !fs.existsSync(file)) {
    throw new Error(`bare-build made no file for ${target}: see what it says above`)
  }
  const megabytes = Math.round(fs.statSync(file).size / 1e6)
  say(`temoin: ${path.join(out, 'temoin-relay')}, ${megabytes} MB`)
}
