// The command and the packages it uses as one CommonJS text, for one runtime. Modules are run when they are
// first needed, as they would be by themselves, and names and lines stay as they are written, so that a stack
// says where. What cannot be joined stays where it is: native addons, which are found beside the file that
// asks for them, and under Bare its own packages.

import fs from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../say.mjs'

const ENTRY = path.join(root, 'dist/cli/main.js')
const FOR = {
  node: { platform: 'node', target: 'node20' },
  bare: { platform: 'neutral', mainFields: ['main'], conditions: ['bare'], target: 'es2023' }
}
/** Where a package asks for its native addon, and names that by where it lies itself. */
const ADDON = /\/binding\.js$/
const BARE_PACKAGE = /\/node_modules\/bare-[^/]+\//
/** How a joined module finds out where it was. */
const OWN_URL = 'import.meta.url'
/** For what asks where it is by other means, and would be told where the bundle is. */
const PLACE = /\brequire\.(addon|asset|resolve)\(|\b__(dirname|filename)\b/
const ASKED = Symbol('asked')

/**
 * @param {'node' | 'bare'} runtime
 * @param {string} folder where the text is to lie
 * @returns {Promise<{ code: string, inputs: string[] }>} the text, and the files in it, named from the root
 * @throws where one of them cannot be joined
 */
export async function join(runtime, folder) {
  const { build } = await findEsbuild()
  const { outputFiles, metafile } = await build({
    ...FOR[runtime],
    entryPoints: [ENTRY],
    outfile: path.join(folder, 'command.cjs'),
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    preserveSymlinks: true,
    metafile: true,
    write: false,
    logLevel: 'error',
    plugins: [placesIn(folder, runtime), ownUrls(folder, runtime)]
  })
  const inputs = Object.keys(metafile.inputs)
  const lost = inputs.find((file) => PLACE.test(fs.readFileSync(path.join(root, file), 'utf8')))
  if (lost !== undefined) throw new Error(`${lost} asks where it is, and cannot be joined`)
  return { code: asciiOf(outputFiles[0].text), inputs }
}

/** Only comments are not ASCII here; with one such letter V8 keeps two bytes of each. */
function asciiOf(code) {
  return code.replace(/[^\p{ASCII}]/gu, '?')
}

/** Finds what is imported, and says what of it stays where it is. */
function placesIn(folder, runtime) {
  const stays = (file) => ADDON.test(file) || (runtime === 'bare' && BARE_PACKAGE.test(file))
  const setup = (build) =>
    build.onResolve({ filter: /./ }, async ({ path: asked, importer, pluginData, ...how }) => {
      if (pluginData === ASKED || importer === '') return null
      const wanted = runtime === 'bare' ? mappedForBare(asked, importer) : asked
      if (isBuiltin(wanted)) return { path: wanted, external: true }
      const { kind, resolveDir } = how
      const found = await build.resolve(wanted, { importer, kind, resolveDir, pluginData: ASKED })
      if (found.errors.length > 0) return null // it may be one that is not needed
      if (found.external || !stays(slashed(found.path))) return pick(found)
      return { path: slashed(path.relative(folder, found.path)), external: true }
    })
  return { name: 'places', setup }
}

function pick({ path, external, namespace, sideEffects }) {
  return { path, external, namespace, sideEffects }
}

/** A package may say what a module of Node's is for it under Bare, in `imports`: `"fs": { "bare": "bare-fs" }`. */
function mappedForBare(asked, importer) {
  let folder = path.dirname(importer)
  while (!fs.existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder)
  const { imports = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const mapped = imports[asked]
  return asked.startsWith('#') ? asked : (mapped?.bare ?? mapped?.default ?? mapped ?? asked)
}

/** A module of ours that asks where it is, to find something beside itself, is told where it was. */
function ownUrls(folder, runtime) {
  const base = `${runtime === 'bare' ? "require('bare-url')" : "require('url')"}.pathToFileURL(__filename)`
  const setup = (build) =>
    build.onLoad({ filter: /\.js$/ }, ({ path: file }) => {
      const code = fs.readFileSync(file, 'utf8')
      if (!code.includes(OWN_URL)) return null
      const was = JSON.stringify(slashed(path.relative(folder, file)))
      return { contents: code.replaceAll(OWN_URL, `new URL(${was}, ${base}).href`) }
    })
  return { name: 'own-urls', setup }
}

function slashed(file) {
  return file.split(path.sep).join('/')
}

/** The one that Vite brings, which builds the app: nothing else here needs it by itself. */
async function findEsbuild() {
  const vite = createRequire(import.meta.url).resolve('vite/package.json')
  const { default: esbuild } = await import(
    pathToFileURL(createRequire(vite).resolve('esbuild')).href
  )
  return esbuild
}
