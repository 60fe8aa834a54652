// The shape of the engine, held by a test: which way imports run (scripts/layers.mjs), what only one
// layer may touch, that verifying evidence needs no platform, no storage and no network, and that what
// documents and comments name is there.

import test from 'brittle'
import { fs, path } from '../core/runtime/fs.ts'
import { root } from './helpers/root.ts'
import { importScript } from './helpers/script.ts'

interface Rules {
  layers: [string, string[]][]
  packages: Record<string, string[] | null>
  pure: string[]
  impure: string[]
  layerOf(file: string): string | null
  objection(from: string, specifier: string, typeOnly: boolean): string | null
  join(from: string, specifier: string): string
}

interface Import {
  specifier: string
  typeOnly: boolean
}

const rules = await importScript<Rules>('layers.mjs')
/** What the documents leave away in front. */
const SHORT_FOR = ['core', 'mobile/ui']
const OURS = /^(core|cli|relay|mobile|test|scripts|bench|docs|packaging)\//
const sources = ['core', 'cli', 'relay', 'mobile'].flatMap(sourcesIn)

test('Imports run one way', (t) => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .map(({ specifier, typeOnly }) => rules.objection(file, specifier, typeOnly))
      .filter((why) => why !== null)
      .map((why) => `${file}: ${why}`)
  )
  t.alike(wrong, [])
})

test('Every source belongs to a layer', (t) => {
  t.ok(sources.length > 20, `${sources.length} sources`)
  t.alike(
    sources.filter((file) => rules.layerOf(file) === null),
    []
  )
})

test('Every package that a source imports is pinned in package.json', (t) => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
    dependencies: object
    devDependencies: object
  }
  const bundled = sources.filter((file) => rules.layerOf(file) === 'ui')
  const missing = (files: string[], pinned: object): string[] =>
    packagesOf(files).filter((name) => !(name in pinned))
  const run = sources.filter((file) => !bundled.includes(file))
  t.alike(missing(run, dependencies), [])
  t.alike(missing(bundled, { ...dependencies, ...devDependencies }), [], 'packed at the build')
})

test('Every path that the documents name is there', (t) => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'bench/README.md', ...markdownIn('docs')]
  const named = documents.flatMap((document) => {
    const words = [...read(document).matchAll(/`([\w@.*/-]+)`/g)].map(([, word]) => word!)
    const missing = words.filter((word) => isPath(word) && !isAnywhere(word, ['', ...SHORT_FOR]))
    return missing.map((word) => `${document}: ${word}`)
  })
  t.alike(named, [])
})

test('Every file that a comment names is there', (t) => {
  const named = [...sources, ...['test', 'bench'].flatMap(sourcesIn)].flatMap((file) => {
    const comments = read(file).match(/^\s*(?:\/\/|\/?\*).*$/gm) ?? []
    const words = comments.flatMap(
      (line) => line.match(/[\w-]+(?:\/[\w.-]+)+\.(?:tsx?|mjs)\b/g) ?? []
    )
    const missing = words.filter(
      (word) => !isAnywhere(word, ['', ...SHORT_FOR, path.dirname(file)])
    )
    return missing.map((word) => `${file}: ${word}`)
  })
  t.alike(named, [])
})

test('Evidence is verified without platform, storage or network', (t) => {
  for (const file of rules.pure) {
    const reached = [...reach(file)]
    t.ok(reached.length > 5, `${file} reaches ${reached.length} files`)
    t.alike(
      reached.filter((each) => rules.impure.includes(rules.layerOf(each) ?? '')),
      [],
      file
    )
  }
})

test('The rules themselves refuse what they are for', (t) => {
  const refused: [string, string][] = [
    ['core/encoding/a.ts', '../store/b.ts'],
    ['core/circle/a.ts', '../replica/b.ts'],
    ['core/device.ts', './api/contract.ts'],
    ['core/api/a.ts', '../../cli/b.ts'],
    ['relay/a.ts', '../cli/b.ts'],
    ['core/device.ts', '../relay/b.ts'],
    ['relay/a.ts', '#fs'],
    ['relay/a.ts', 'hyperdht'],
    ['core/store/a.ts', '../../test/helpers/b.ts'],
    ['core/store/a.ts', '#fs'],
    ['core/store/a.ts', 'fs'],
    ['core/store/a.ts', 'hyperdht'],
    ['core/links/a.ts', 'hypercore/lib/x.js'],
    ['core/replica/a.ts', 'protomux'],
    ['core/replica/a.ts', 'left-pad'],
    ['mobile/ui/a.ts', '../../core/api/contract.ts'],
    ['mobile/ui/state/a.ts', '../engine/b.ts'],
    ['mobile/ui/engine/a.ts', '../../../core/device.ts'],
    ['mobile/ui/state/a.ts', 'preact'],
    ['cli/a.ts', '../mobile/ui/b.ts']
  ]
  for (const [from, to] of refused) t.ok(rules.objection(from, to, false), `${from} imports ${to}`)
})

test('The rules themselves allow what the design needs', (t) => {
  const allowed: [string, string, boolean][] = [
    ['core/store/a.ts', '../encoding/b.ts', false],
    ['core/replica/a.ts', '../circle/b.ts', false],
    ['core/filming/a.ts', '../replica/b.ts', false],
    ['core/media/mp4/a.ts', '../b.ts', false],
    ['core/runtime/a.ts', '#fs', false],
    ['cli/a.ts', '#process', false],
    ['core/store/a.ts', 'hypercore/lib/x.js', false],
    ['core/replica/a.ts', 'protomux', true],
    ['mobile/ui/a.tsx', 'preact', false],
    ['mobile/ui/a.tsx', './state/b.ts', false],
    ['mobile/ui/engine/a.ts', '../../../core/api/contract.ts', true],
    ['mobile/ui/capture/a.ts', '../../../core/api/frames.ts', false],
    ['test/a.ts', '../core/store/b.ts', false]
  ]
  for (const [from, to, typeOnly] of allowed) {
    t.is(rules.objection(from, to, typeOnly), null, `${from} imports ${to}`)
  }
})

function packagesOf(files: string[]): string[] {
  const used = files.flatMap(importsOf).filter(({ specifier }) => /^[a-z@]/.test(specifier))
  return [...new Set(used.map(({ specifier }) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0]))]
}

/** The file and every source that it imports values from, by any way round. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const { specifier, typeOnly } of importsOf(file)) {
    if (specifier.startsWith('.') && !typeOnly) reach(rules.join(file, specifier), seen)
  }
  return seen
}

function importsOf(file: string): Import[] {
  const statements = read(file).matchAll(
    /^(?:import|export)\s+(type\s)?[^'"\n;]*?(?:\{[^}]*\}[^'"\n]*)?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm
  )
  return [...statements].map(([, type, from, bare, dynamic]) => ({
    specifier: (from ?? bare ?? dynamic)!,
    typeOnly: type !== undefined
  }))
}

function sourcesIn(folder: string): string[] {
  if (!fs.existsSync(path.join(root, folder))) return []
  const names = (fs as any).readdirSync(path.join(root, folder), { recursive: true }) as string[]
  return names
    .filter((name) => /\.tsx?$/.test(name) && !/\.d\.ts$|node_modules/.test(name))
    .map((name) => slashes(path.join(folder, name)))
}

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8') as string
}

function slashes(file: string): string {
  return file.split(path.sep).join('/')
}

function markdownIn(dir: string): string[] {
  const names = fs.readdirSync(path.join(root, dir)) as string[]
  return names.filter((name) => name.endsWith('.md')).map((name) => `${dir}/${name}`)
}

/** Of what is said in backticks: a source, or something below one of our folders. */
function isPath(word: string): boolean {
  return /\/.*\.(tsx?|mjs)$/.test(word) || OURS.test(word)
}

function isAnywhere(name: string, folders: string[]): boolean {
  return folders.some((folder) => isThere(path.join(folder, name)))
}

/** `*` stands for any letters of a name; only its last piece may have one. */
function isThere(name: string): boolean {
  const file = path.join(root, name)
  if (!name.includes('*')) return fs.existsSync(file)
  if (!fs.existsSync(path.dirname(file))) return false
  const [begin, end] = path.basename(name).split('*') as [string, string]
  const names = fs.readdirSync(path.dirname(file)) as string[]
  return names.some((each) => each.startsWith(begin) && each.endsWith(end))
}
