// Compiles the sources to dist/ and joins the command's modules (bundle/bundle.mjs); does nothing when none has
// changed. tsc does the incremental work; a stamp of the sources spares starting it at all, and what tsc
// never does is done here: removing from dist/ what no longer has a source.

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { BUNDLE, bundle, isBundled } from './bundle/bundle.mjs'
import { root, run, say } from './say.mjs'
import { readStamp, writeStamp } from './stamp.mjs'

// Of the UI only what uses no browser: the engine's tests run it.
const PURE_UI = ['mobile/ui/state', 'mobile/ui/fmp4']
const FOLDERS = ['core', 'cli', 'relay', 'test', 'bench', ...PURE_UI]
const CONFIGS = ['tsconfig.json', 'tsconfig.base.json', 'package.json', 'package-lock.json']
const DIST = path.join(root, 'dist')
/** What was made of tsc's output (bundle/bundle.mjs), or by Vite (compile-ui.mjs): not tsc's to tidy. */
const OTHERS = [BUNDLE, path.join(DIST, 'ui')].map((folder) => folder + path.sep)
const CACHE = path.join(root, '.cache')
const STAMP = path.join(CACHE, 'build-stamp')
const TSC = path.join(root, 'node_modules/typescript/bin/tsc')

/** @throws where the sources do not compile; tsc has said why by then */
export async function compile() {
  const sources = FOLDERS.flatMap((folder) => list(path.join(root, folder), '.ts'))
  const outputs = sources.filter(isEmitted).map(outputOf)
  prune(new Set(outputs))
  const stamp = stampOf(sources)
  const whole = outputs.every((file) => fs.existsSync(file))
  if (!whole || readStamp(STAMP) !== stamp) await runTsc(whole, stamp)
  if (!isBundled()) await bundle()
}

async function runTsc(whole, stamp) {
  say('temoin: compiling')
  if (!whole) forget()
  if ((await run(process.execPath, [TSC, '-p', '.'])) !== 0) {
    fs.rmSync(STAMP, { force: true })
    throw new Error('The sources do not compile: see above')
  }
  writeStamp(STAMP, stamp)
}

/** tsc trusts its memory of what it wrote: where an output is gone, it must start afresh. */
function forget() {
  for (const file of list(CACHE, '.json')) {
    if (path.basename(file).startsWith('tsbuildinfo')) fs.rmSync(file)
  }
}

function prune(outputs) {
  for (const file of list(DIST, '.js')) {
    if (!outputs.has(file) && !OTHERS.some((folder) => file.startsWith(folder))) fs.rmSync(file)
  }
}

/** Name, size and time of every source and setting. */
function stampOf(sources) {
  const hash = createHash('sha256')
  for (const file of [...CONFIGS.map((name) => path.join(root, name)), ...sources]) {
    const { size, mtimeMs } = fs.statSync(file)
    hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function isEmitted(file) {
  return !file.endsWith('.d.ts')
}

function outputOf(file) {
  return path.join(DIST, path.relative(root, file)).replace(/\.ts$/, '.js')
}

/** Every file below `folder` that ends in `ext`, sorted; none where there is no such folder. */
export function list(folder, ext) {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ext))
    .map((name) => path.join(folder, name))
    .sort()
}
