// sizes.txt: where one block ends and the next begins. Nothing in it is trusted beyond its limits; a
// wrong number makes wrong blocks, and those do not hash to the signed tree.

import b4a from 'b4a'
import { MAX_BLOCK_BYTES } from '../../../limits.ts'
import { MAX_BLOCKS, partFiles } from '../../layout.ts'
import type { OpenedPackage } from '../opened-package.ts'

const LONGEST_LINE = String(MAX_BLOCK_BYTES).length + 1

/** Bytes of each block, or null where the file is unusable. */
export async function checkSizes(opened: OpenedPackage, part: number): Promise<number[] | null> {
  const { sizes: file, blocks } = partFiles(part)
  if (!opened.has(file)) return null // said already, as a missing file or part
  const bytes = await opened.whole(file, MAX_BLOCKS * LONGEST_LINE)
  const sizes = bytes === null ? null : parse(b4a.toString(bytes as any, 'latin1'))
  if (sizes === null) {
    const message = `${file} is not a list of block lengths: the blocks cannot be told apart`
    opened.reasons.fail('FILE_DAMAGED', message, { file, part })
    return null
  }
  const sum = sizes.reduce((total, size) => total + size, 0)
  if (sum !== opened.size(blocks)) {
    const message = `${blocks} has ${opened.size(blocks)} bytes, but the ${sizes.length} blocks in ${file} add up to ${sum}`
    const spoilt = sum < opened.size(blocks) ? blocks : file
    opened.reasons.fail('SIZES_MISMATCH', message, { file: spoilt, part })
  }
  return sizes
}

function parse(text: string): number[] | null {
  if (!/^([1-9][0-9]{0,7}\n)+$/.test(text)) return null
  const sizes = text.slice(0, -1).split('\n').map(Number)
  if (sizes.length > MAX_BLOCKS || sizes.some((size) => size > MAX_BLOCK_BYTES)) return null
  return sizes
}
