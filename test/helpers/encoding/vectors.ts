// Golden vectors: JSON files under test/vectors, with bytes written as hex. Tests only read them.

import b4a from 'b4a'
import { fs, path } from '../../../core/runtime/fs.ts'
import { root } from '../root.ts'

/** The vectors in `test/vectors/<name>.json`. */
export function vectors<T>(name: string): T {
  const file = path.join(root, 'test/vectors', name + '.json')
  return JSON.parse(fs.readFileSync(file, 'utf8') as string) as T
}

export function hex(bytes: Uint8Array): string {
  return b4a.toString(bytes, 'hex')
}

export function unhex(text: string): Uint8Array {
  return b4a.from(text, 'hex')
}

/** The value with every byte array as `hex:...`, so that two values compare and print as text. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return 'hex:' + hex(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

/** The value that `plain` came from. */
export function unplain(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('hex:')) return unhex(value.slice(4))
  if (Array.isArray(value)) return value.map(unplain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unplain(item)]))
}
