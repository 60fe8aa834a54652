import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { root } from '../helpers/root.ts'
import { importScript } from '../helpers/script.ts'

interface Package {
  version?: string
  integrity?: string
  resolved?: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
}
interface Machine {
  platform: string
  arch: string
  libc: string | null
}
type Packages = Record<string, Package>
const { isInstalled } = await importScript<{
  isInstalled(wanted: Packages, present: Packages, on: Machine): boolean
}>('lib/install.mjs')

const linux = { platform: 'linux', arch: 'x64', libc: 'glibc' }
const mac = { platform: 'darwin', arch: 'arm64', libc: null }
const one = { version: '1.0.0', integrity: 'sha512-a' }
const forMac = { version: '1.0.0', os: ['darwin'], cpu: ['arm64'], optional: true }
const wanted: Packages = { '': { version: '0.1.0' }, 'node_modules/a': one }
const lock = JSON.parse(
  fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8') as string
) as {
  packages: Packages
}

test('What is there as the lockfile wants it is not installed again', (t) => {
  t.ok(isInstalled(wanted, { 'node_modules/a': one }, linux))
})

test('A package that is missing, of another version or of another content is', (t) => {
  t.absent(isInstalled(wanted, {}, linux), 'missing')
  t.absent(isInstalled(wanted, { 'node_modules/a': { ...one, version: '1.0.1' } }, linux))
  t.absent(isInstalled(wanted, { 'node_modules/a': { ...one, integrity: 'sha512-b' } }, linux))
})

test('A package for another platform is not missed, one for this platform is', (t) => {
  const both = { ...wanted, 'node_modules/mac': forMac }
  const present = { 'node_modules/a': one }
  t.ok(isInstalled(both, present, linux))
  t.absent(isInstalled(both, present, mac))
  t.ok(isInstalled(both, present, { ...mac, arch: 'x64' }))
})

test('A package for another C library of the same platform is not missed', (t) => {
  const musl = { version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['musl'], optional: true }
  const both = { ...wanted, 'node_modules/musl': musl }
  const present = { 'node_modules/a': one }
  t.ok(isInstalled(both, present, linux))
  t.absent(isInstalled(both, present, { ...linux, libc: 'musl' }))
})

test('The lockfile has Bare for every computer, whatever computer it was made on', (t) => {
  const computers = [
    'darwin-arm64',
    'darwin-x64',
    'linux-arm64',
    'linux-x64',
    'win32-arm64',
    'win32-x64'
  ]
  const { version } = lock.packages['node_modules/bare-runtime']!
  for (const computer of computers) {
    t.is(lock.packages['node_modules/bare-runtime-' + computer]?.version, version, computer)
  }
})

test('The lockfile names no address but the public registry', (t) => {
  const others = Object.values(lock.packages).filter(
    ({ resolved }) => resolved && !resolved.startsWith('https://registry.npmjs.org/')
  )
  t.alike(others, [])
})

test('Every version in package.json is exact', (t) => {
  const json = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8') as string)
  for (const [name, version] of Object.entries({ ...json.dependencies, ...json.devDependencies })) {
    t.ok(/^\d+\.\d+\.\d+$/.test(String(version)), name)
  }
})
