// Builds the UI to dist/ui: types, then Vite. Does nothing when no source of it has changed.

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root, run, say } from './say.mjs'

const UI = path.join(root, 'mobile/ui')
const OUT = path.join(root, 'dist/ui')
const STAMP = path.join(root, '.cache/ui-stamp')
const TSC = path.join(root, 'node_modules/typescript/bin/tsc')
const BESIDE = ['package-lock.json', 'tsconfig.base.json', 'core/api/contract.ts']

/** @throws where the UI does not compile; tsc or Vite has said why by then */
export async function compileUi() {
  const stamp = stampOf()
  if (fs.existsSync(path.join(OUT, 'index.html')) && readStamp() === stamp) return
  say('temoin: building the app')
  fs.rmSync(STAMP, { force: true })
  if ((await run(process.execPath, [TSC, '-p', 'mobile/ui'])) !== 0) {
    throw new Error('The app does not compile: see above')
  }
  const { build } = await import('vite')
  const { default: config } = await import('../../mobile/ui/vite.config.mjs')
  await build(config)
  fs.mkdirSync(path.dirname(STAMP), { recursive: true })
  fs.writeFileSync(STAMP, stamp)
}

/** Name and content of every source of the UI: they are few and small. */
function stampOf() {
  const hash = createHash('sha256')
  const names = fs.readdirSync(UI, { recursive: true }).map((name) => path.join(UI, name))
  const files = [...names, ...BESIDE.map((name) => path.join(root, name))]
  for (const file of files.sort()) {
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) continue
    hash.update(`${path.relative(root, file)}\n`).update(fs.readFileSync(file))
  }
  return hash.digest('hex')
}

function readStamp() {
  try {
    return fs.readFileSync(STAMP, 'utf8')
  } catch {
    return null
  }
}
