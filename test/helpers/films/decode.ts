// A real decoder, where the machine has one: the proof that a recovered film is a film. Only ffmpeg
// is asked; tests that need it say so and go on without it where it is missing.

import { runProgram } from '../program.ts'

export interface Decoded {
  /** The decoder ended well and complained of nothing. */
  ok: boolean
  /** Pictures decoded. */
  frames: number
  /** From the start of the first picture to the end of the last. */
  seconds: number
  /** What the decoder complained of, for the message of a failed test. */
  complaints: string
}

/** Decodes picture and sound of a file from end to end. Null when there is no decoder here. */
export async function decodeVideo(file: string): Promise<Decoded | null> {
  const streams = ['-map', '0:v:0', '-map', '0:a?']
  // Microseconds: at the clip's own frame rate, frames that come at odd times would be dropped.
  const clock = ['-enc_time_base:v', '1:1000000']
  const args = ['-v', 'error', '-nostdin', '-i', file, ...streams, ...clock, '-f', 'framecrc', '-']
  const ran = await runProgram('ffmpeg', args)
  if (ran === null) return null
  const complaints = ran.err.trim()
  const { frames, seconds } = countFrames(ran.out)
  return { ok: ran.code === 0 && complaints === '' && frames > 0, frames, seconds, complaints }
}

// framecrc prints `#tb 0: 1/1000000`, then for each frame `stream, dts, pts, duration, size, checksum`.
function countFrames(out: string): { frames: number; seconds: number } {
  const [, up, down] = /#tb 0: (\d+)\/(\d+)/.exec(out) ?? []
  const rows = out.split('\n').filter((line) => line.startsWith('0,'))
  const times = rows.map((line) => line.split(',').map(Number))
  const first = times[0]
  const last = times.at(-1)
  if (!first || !last) return { frames: 0, seconds: 0 }
  const ticks = last[2]! + last[3]! - first[2]!
  return { frames: rows.length, seconds: (ticks * Number(up)) / Number(down) }
}
