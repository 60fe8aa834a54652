// A file piece by piece, as a slow reader takes it.

import { fs } from '../../runtime/fs.ts'

const FILE_CHUNK_BYTES = 256 * 1024

export async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await fs.promises.open(file, 'r')
  try {
    for (let offset = 0; ;) {
      const chunk = new Uint8Array(FILE_CHUNK_BYTES)
      const { bytesRead } = (await handle.read(chunk, 0, chunk.byteLength, offset)) as any
      if (bytesRead === 0) return
      yield chunk.subarray(0, bytesRead)
      offset += bytesRead
    }
  } finally {
    await handle.close()
  }
}
