// The ways a file gets damaged, each on a file of its own; `at` is where the damage begins.

import b4a from 'b4a'
import { fs } from '../../core/runtime/fs.ts'

export type Damage = (file: string) => Promise<{ at: number }>

/** Deterministic noise: none of it is a log fragment that RocksDB would take. */
export function noise(bytes: number): Uint8Array {
  const out = b4a.alloc(bytes)
  for (let i = 0, x = 12345; i < bytes; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0
    out[i] = x >>> 24
  }
  return out
}

/** A fragment header of a recycled log: opening a store that has it never ends. */
export function endlessHeader(type = 6): Uint8Array {
  return b4a.concat([b4a.from([1, 2, 3, 4, 200, 0, type]), b4a.alloc(300, 9)])
}

/** Rewrites the file as `change` of its bytes. */
export async function rewrite(
  file: string,
  change: (bytes: Uint8Array) => Uint8Array
): Promise<void> {
  const bytes = b4a.from((await fs.promises.readFile(file)) as Uint8Array)
  await fs.promises.writeFile(file, change(bytes) as never)
}

function overwrite(part: number, patch: (length: number) => Uint8Array): Damage {
  return async (file) => {
    let at = 0
    await rewrite(file, (bytes) => {
      at = Math.floor(bytes.byteLength * part)
      bytes.set(patch(bytes.byteLength - at), at)
      return bytes
    })
    return { at }
  }
}

function append(tail: Uint8Array): Damage {
  return async (file) => {
    let at = 0
    await rewrite(file, (bytes) => {
      at = bytes.byteLength
      return b4a.concat([bytes, tail])
    })
    return { at }
  }
}

/** What a repair has to mend. */
export const DAMAGES: Record<string, Damage> = {
  '4 KiB zeroed in the middle': overwrite(0.5, () => b4a.alloc(4096)),
  'random bytes over the tail': overwrite(0.6, noise),
  'zeros over the tail': overwrite(0.7, (length) => b4a.alloc(length)),
  '8 flipped bytes in the middle': overwrite(0.4, () => noise(8)),
  'random bytes from the start': overwrite(0, noise),
  'garbage appended': append(noise(70000)),
  'a header that makes RocksDB loop for ever': append(endlessHeader()),
  'its first records again at its end': async (file) => {
    let at = 0
    await rewrite(file, (bytes) => {
      at = bytes.byteLength
      const padding = b4a.alloc((32768 - (at % 32768)) % 32768)
      return b4a.concat([bytes, padding, bytes.subarray(0, 32768)])
    })
    return { at }
  }
}
