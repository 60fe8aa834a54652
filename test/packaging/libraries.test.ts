// What the single file needs of the system it runs on, and whether whoever sets up a relay is told so.

import b4a from 'b4a'
import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { root } from '../helpers/root.ts'

/** On every Debian and Ubuntu: the C library, what compilers take for granted, what apt is made of. */
const EVERYWHERE = ['libc.so.6', 'libm.so.6', 'libgcc_s.so.1', 'libstdc++.so.6']
/** Those that are in the file and whose list is not that of the C library alone. */
const NATIVE = ['rocksdb-native', 'quickbit-native', 'sodium-native', 'udx-native']
const TOLD_IN = ['packaging/Dockerfile', 'packaging/relay', 'docs/OPERATING.md']

test('a library that a fresh system lacks is installed wherever a relay is set up', (t) => {
  const needed = new Set(NATIVE.flatMap((name) => neededBy(name)))
  t.ok(needed.has('libc.so.6'), 'lists are found')
  for (const library of needed) {
    if (EVERYWHERE.includes(library)) continue
    for (const file of TOLD_IN)
      t.ok(textOf(file).includes(packageOf(library)), `${file}: ${library}`)
  }
})

function neededBy(name: string): string[] {
  const folder = path.join(root, 'node_modules', name, 'prebuilds/linux-x64')
  const files = (fs.readdirSync(folder) as string[]).filter((file) => file.endsWith('.bare'))
  return files.flatMap((file) => {
    const bytes = fs.readFileSync(path.join(folder, file)) as Uint8Array
    const names = b4a.toString(bytes as any, 'latin1').matchAll(/\0(lib[\w+-]+\.so\.\d+)(?=\0)/g)
    return [...names].map(([, library]) => library!)
  })
}

/** As Debian names the package of a library: libatomic.so.1 is in libatomic1. */
function packageOf(library: string): string {
  return library.replace('.so.', '')
}

function textOf(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8') as string
}
