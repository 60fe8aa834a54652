// Whether what a crash has left is a film: each one is put into a file and decoded from end to end.

import type { Assert } from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'
import type { HeldRecording } from './audit.ts'
import { decodeVideo } from '../films/decode.ts'

export interface Recovered {
  /** Films that had a picture, and were decoded. */
  decoded: number
  /** What the decoder said of those it did not like, a sentence each. */
  complaints: string[]
}

/** Decodes every recording that holds a fragment; none, and says so, where there is no decoder. */
export async function decodeAll(t: Assert, held: HeldRecording[]): Promise<Recovered> {
  const dir = await t.tmp()
  const outcome: Recovered = { decoded: 0, complaints: [] }
  for (const { recording, media, fragments } of held) {
    if (media === null || fragments === 0) continue
    const file = path.join(dir, recording)
    await fs.promises.writeFile(file, media as never)
    const decoded = await decodeVideo(file)
    await fs.promises.rm(file)
    if (decoded === null) {
      t.comment('There is no decoder here: the recovered films were not decoded')
      return outcome
    }
    outcome.decoded++
    if (!decoded.ok) outcome.complaints.push(`${recording}: ${decoded.complaints || 'no picture'}`)
  }
  return outcome
}

/** Of several holders' copies, the longest of each recording. */
export function longest(copies: HeldRecording[][]): HeldRecording[] {
  const best = new Map<string, HeldRecording>()
  for (const one of copies.flat()) {
    if (one.length > (best.get(one.recording)?.length ?? -1)) best.set(one.recording, one)
  }
  return [...best.values()]
}
