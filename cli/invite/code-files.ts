// Writes the code of an invite to the files somebody asked for.

import b4a from 'b4a'
import { TemoinError } from '../../core/errors.ts'
import { path, writeFileAtomic } from '../../core/runtime/fs.ts'
import { pngOf } from './png.ts'
import type { Dots } from './qr-code.ts'
import { svgOf } from './svg.ts'

type Given = string | true | undefined

/** @returns the files, as whole paths @throws TemoinError BAD_INPUT */
export async function saveCode(dots: Dots, { png, svg }: { png: Given; svg: Given }) {
  const wanted: [Given, () => Uint8Array][] = [
    [png, () => pngOf(dots)],
    [svg, () => b4a.from(svgOf(dots))]
  ]
  const files: string[] = []
  for (const [given, make] of wanted) {
    if (typeof given !== 'string') continue
    const file = path.resolve(given)
    await save(file, make())
    files.push(file)
  }
  return files
}

async function save(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(file, bytes)
  } catch (cause) {
    const sentence = `The code cannot be written to ${file}: name a file in a folder that is there and may be written to`
    throw new TemoinError('BAD_INPUT', sentence, { cause })
  }
}
