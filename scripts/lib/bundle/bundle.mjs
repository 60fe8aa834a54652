// Joins the modules of the command, and of the packages it uses, into one file for Node and one for Bare,
// dist/cli/bundle, which is what cli/bin.mjs runs: a command that opens its device loads four hundred of
// ours and two hundred of theirs, and finding, reading and compiling each by itself was most of the
// processor time of such a start. What V8 has compiled is kept beside it (remember.mjs). Tests import the
// modules themselves, and so do the bench and the single file.

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../say.mjs'
import { join } from './join.mjs'
import { licencesOf } from './licences.mjs'
import { remember } from './remember.mjs'

export const BUNDLE = path.join(root, 'dist/cli/bundle')
const OWN = path.dirname(fileURLToPath(import.meta.url))
/** Of V8: Bare has no way to keep what was compiled. */
const LOAD = 'load.mjs'
const mainOf = (runtime) => path.join(BUNDLE, runtime, 'main.js')
const RUNTIMES = ['node', 'bare']
/** tsc writes the one whenever it has written anything, and last; npm the other. */
const COMPILED = path.join(root, '.cache/tsbuildinfo.json')
const INSTALLED = path.join(root, 'node_modules/.package-lock.json')

/** True where the bundle is of what was compiled and installed last: cli/bin.mjs asks that too, and runs no other. */
export function isBundled() {
  const bundledMs = Math.min(...RUNTIMES.map((runtime) => modifiedMs(mainOf(runtime))))
  const makers = fs.readdirSync(OWN).map((name) => path.join(OWN, name))
  return [COMPILED, INSTALLED, ...makers].every((file) => bundledMs > modifiedMs(file))
}

export async function bundle() {
  fs.rmSync(BUNDLE, { recursive: true, force: true })
  await Promise.all(RUNTIMES.map((runtime) => bundleFor(runtime)))
}

/** Its entry is written last: until then there is none, and the modules are run. */
async function bundleFor(runtime) {
  const main = mainOf(runtime)
  const folder = path.dirname(main)
  const { code, inputs } = await join(runtime, folder)
  fs.mkdirSync(folder, { recursive: true })
  // Named by its content: what was compiled of another one is never taken for its own.
  const name = `command-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.cjs`
  fs.writeFileSync(path.join(folder, name), code)
  fs.writeFileSync(path.join(folder, 'licences.txt'), licencesOf(inputs))
  if (runtime === 'node') {
    fs.copyFileSync(path.join(OWN, LOAD), path.join(folder, LOAD))
    await remember(path.join(folder, name))
  }
  fs.writeFileSync(main, entryOf(runtime, name))
}

function entryOf(runtime, name) {
  const lines =
    runtime === 'node'
      ? [
          `import { load } from './${LOAD}'`,
          `export const { main } = load(new URL('${name}', import.meta.url))`
        ]
      : [`import command from './${name}'`, 'export const { main } = command']
  return lines.join('\n') + '\n'
}

/** 0 where there is none. */
function modifiedMs(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
