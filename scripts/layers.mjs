// Which way imports run. One table, read by the lint (eslint.config.mjs) and by the test
// (test/architecture.test.ts), so that neither can drift from the other.

/** From the bottom up: what stands higher may import what stands lower, never the other way. */
export const layers = [
  ['base', ['core/errors.ts', 'core/limits.ts', 'core/version.ts', 'core/types/']],
  ['runtime', ['core/runtime/']],
  ['encoding', ['core/encoding/']],
  ['link', ['core/types/link.ts']],
  ['identity', ['core/identity/']],
  ['media', ['core/media/']],
  ['recording', ['core/recording/']],
  ['evidence', ['core/evidence/']],
  ['store', ['core/store/']],
  ['circle', ['core/circle/']],
  ['replica', ['core/replica/']],
  ['exchange', ['core/exchange/']],
  ['filming', ['core/filming/']],
  ['links', ['core/links/']],
  ['device', ['core/device.ts', 'core/device/']],
  ['api', ['core/api/']],
  ['relay', ['relay/']],
  ['cli', ['cli/']],
  ['mobile', ['mobile/']],
  ['ui', ['mobile/ui/']]
]

/** Programs: they stand side by side on the engine and the relay's library, and nobody imports them. */
const PROGRAMS = ['cli', 'mobile', 'ui']

/** All that the UI may know of the engine: the contract, only as types, and how frames are packed. */
const CONTRACT = 'core/api/contract.ts'
const FRAMES = 'core/api/frames.ts'

/** What runs without a browser, so that the engine's tests can run it. */
const PURE_UI = ['mobile/ui/state/', 'mobile/ui/fmp4/']

/**
 * Every package the engine may use, and the layers that may hold it; null where every layer may.
 * Types of any of them may be named anywhere.
 */
export const packages = {
  b4a: null,
  'bare-events': null,
  'compact-encoding': null,
  'flat-tree': null,
  'hypercore-crypto': null,
  'ready-resource': null,
  'sodium-universal': null,
  z32: null,
  'fs-native-extensions': ['runtime'],
  corestore: ['store'],
  hypercore: ['store'],
  'hypercore-storage': ['store'],
  '@hyperswarm/secret-stream': ['links'],
  hyperdht: ['links'],
  'udx-native': ['links'],
  protomux: ['links']
}

/** Files from which no platform, no storage and no network may be reached, by any way round. */
export const pure = ['core/evidence/verify/verify-package.ts']
export const impure = ['runtime', 'store', 'links']

/** The layer of a source file (path from the root, with forward slashes), or null where it has none. */
export function layerOf(file) {
  const fits = layers.flatMap(([name, prefixes]) =>
    prefixes.filter((prefix) => file.startsWith(prefix)).map((prefix) => ({ name, prefix }))
  )
  fits.sort((a, b) => b.prefix.length - a.prefix.length)
  return fits[0]?.name ?? null
}

/**
 * Why `from` must not import `specifier`, in one sentence, or null where it may.
 * @param {string} from path of the importing file from the root, with forward slashes
 * @param {string} specifier as it is written
 * @param {boolean} typeOnly `import type`
 */
export function objection(from, specifier, typeOnly) {
  const layer = layerOf(from)
  if (layer === null) return null
  if (layer === 'ui') return objectionInUi(from, specifier, typeOnly)
  if (specifier.startsWith('.')) return objectionToFile(layer, join(from, specifier))
  if (PROGRAMS.includes(layer) || typeOnly) return null
  if (specifier.startsWith('#')) {
    return layer === 'runtime' ? null : `only core/runtime names a platform module (${specifier})`
  }
  return objectionToPackage(layer, packageOf(specifier))
}

/** The path from the root that `specifier` in `from` means. */
export function join(from, specifier) {
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function objectionToFile(layer, target) {
  const other = layerOf(target)
  if (other === null) return `sources import only sources, and ${target} is none`
  if (other === layer) return null
  if (PROGRAMS.includes(other)) return `nobody imports ${other}`
  return rank(other) < rank(layer) ? null : `${layer} stands lower than ${other} (${target})`
}

function objectionInUi(from, specifier, typeOnly) {
  const pure = PURE_UI.some((folder) => from.startsWith(folder))
  if (!specifier.startsWith('.')) {
    return pure && !typeOnly ? `${from} decides and knows no package (${specifier})` : null
  }
  const target = join(from, specifier)
  if (target.startsWith('mobile/ui/')) {
    const outward = pure && !typeOnly && !PURE_UI.some((folder) => target.startsWith(folder))
    return outward ? `${from} runs without a browser, ${target} may not` : null
  }
  if ((target === CONTRACT && typeOnly) || target === FRAMES) return null
  return `the UI knows of the engine only the types of ${CONTRACT}, and ${FRAMES} (${target})`
}

function objectionToPackage(layer, name) {
  const owners = packages[name]
  if (owners === undefined) return `the engine does not use the package ${name}`
  if (owners === null || owners.includes(layer)) return null
  return `only ${owners.join(', ')} may import ${name}`
}

function rank(layer) {
  return layers.findIndex(([name]) => name === layer)
}

/** `hypercore/lib/x.js` is hypercore, `@hyperswarm/secret-stream/x` is `@hyperswarm/secret-stream`. */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
