// Joins the modules of the command into a few files, dist/cli/bundle, which is what cli/bin.mjs runs: a
// command that opens its device loads four hundred of them, and finding and reading each by itself was a
// third of the processor time of such a start, under Node and under Bare. What is loaded only when it is
// needed stays apart, packages stay where they are, and names stay as they are written, so that a stack
// says where. Tests import the modules themselves, and so do the bench and the single file.

import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { root } from './say.mjs'

const DIST = path.join(root, 'dist')
const ENTRY = path.join(DIST, 'cli/main.js')
export const BUNDLE = path.join(DIST, 'cli/bundle')
const MAIN = path.join(BUNDLE, 'main.js')
/** tsc writes it whenever it has written anything, and last. */
const COMPILED = path.join(root, '.cache/tsbuildinfo.json')

/** True where the bundle is of what was compiled last: cli/bin.mjs asks that too, and runs no other. */
export function isBundled() {
  const bundledMs = modifiedMs(MAIN)
  return [COMPILED, fileURLToPath(import.meta.url)].every((file) => bundledMs > modifiedMs(file))
}

/** Its entry is written last: until then there is none, and the modules are run. */
export async function bundle() {
  const rollup = await findRollup()
  const joined = await rollup({
    input: ENTRY,
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
    preserveEntrySignatures: 'allow-extension',
    treeshake: false,
    plugins: [{ name: 'own-url', resolveImportMeta: ownUrl }]
  })
  const names = { entryFileNames: path.basename(MAIN), chunkFileNames: nameOf }
  const { output } = await joined.generate({ format: 'es', ...names })
  await joined.close()
  fs.rmSync(BUNDLE, { recursive: true, force: true })
  fs.mkdirSync(BUNDLE, { recursive: true })
  for (const { fileName, code } of output.sort((a, b) => Number(a.isEntry) - Number(b.isEntry))) {
    fs.writeFileSync(path.join(BUNDLE, fileName), code)
  }
}

/** After the module that it was made for: `core-device.js`; what several share, after one of those. */
function nameOf({ facadeModuleId, moduleIds }) {
  const module = path.relative(DIST, facadeModuleId ?? moduleIds.at(-1))
  return module.split(path.sep).join('-')
}

/** A module that asks where it is, to find something beside itself, is told where it was. */
function ownUrl(property, { moduleId }) {
  if (property !== 'url') return null
  const module = path.relative(BUNDLE, moduleId).split(path.sep).join('/')
  return `new URL(${JSON.stringify(module)}, import.meta.url).href`
}

/** The one that Vite brings, which builds the app: nothing else here needs it by itself. */
async function findRollup() {
  const vite = createRequire(import.meta.url).resolve('vite/package.json')
  const { rollup } = await import(pathToFileURL(createRequire(vite).resolve('rollup')).href)
  return rollup
}

/** 0 where there is none. */
function modifiedMs(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
