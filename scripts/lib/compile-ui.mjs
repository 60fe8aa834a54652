// Builds the UI to dist/ui: types, then Vite. Does nothing when no source of it has changed.

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root, run, say } from './say.mjs'
import { readStamp, writeStamp } from './stamp.mjs'

const UI = path.join(root, 'mobile/ui')
const OUT = path.join(root, 'dist/ui')
const STAMP = path.join(root, '.cache/ui-stamp')
const TSC = path.join(root, 'node_modules/typescript/bin/tsc')
const BESIDE = [
  'package-lock.json',
  'tsconfig.base.json',
  'core/api/contract.ts',
  'core/api/frames.ts'
]
const CONTRACT = path.join(root, 'core/api/contract')

/** @throws where the UI does not compile; tsc or Vite has said why by then */
export async function compileUi() {
  const stamp = stampOf()
  if (fs.existsSync(path.join(OUT, 'index.html')) && readStamp(STAMP) === stamp) return
  say('temoin: building the app')
  fs.rmSync(STAMP, { force: true })
  if ((await run(process.execPath, [TSC, '-p', 'mobile/ui'])) !== 0) {
    throw new Error('The app does not compile: see above')
  }
  const { build } = await import('vite')
  const { default: config } = await import('../../mobile/ui/vite.config.mjs')
  await build(config)
  writeStamp(STAMP, stamp)
}

/** Name and content of every source of the UI, and of what it knows of the engine: they are few and small. */
function stampOf() {
  const hash = createHash('sha256')
  const names = [UI, CONTRACT].flatMap((folder) =>
    fs.readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name))
  )
  const files = [...names, ...BESIDE.map((name) => path.join(root, name))]
  for (const file of files.sort()) {
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) continue
    hash.update(`${path.relative(root, file)}\n`).update(fs.readFileSync(file))
  }
  return hash.digest('hex')
}
