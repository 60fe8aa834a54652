// A real decoder, where the machine has one: the proof that a recovered film is a film. Only ffmpeg
// is asked; tests that need it say so and go on without it where it is missing.

import { spawn } from '#subprocess'
import { findProgram } from './program.ts'

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
  const ffmpeg = findProgram('ffmpeg')
  if (!ffmpeg) return null
  const streams = ['-map', '0:v:0', '-map', '0:a?']
  // Microseconds: at the clip's own frame rate, frames that come at odd times would be dropped.
  const clock = ['-enc_time_base:v', '1:1000000']
  const args = ['-v', 'error', '-nostdin', '-i', file, ...streams, ...clock, '-f', 'framecrc', '-']
  const ran = await run(ffmpeg, args)
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

interface Ran {
  code: number | null
  out: string
  err: string
}

function run(program: string, args: string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const ran: Ran = { code: null, out: '', err: '' }
    // Exit can come before the last output: three ends make one.
    let open = 3
    const done = () => {
      if (--open === 0) resolve(ran)
    }
    child.on('error', reject)
    child.on('exit', (code) => {
      ran.code = code
      done()
    })
    child.stdout!.on('data', (data) => (ran.out += String(data))).on('end', done)
    child.stderr!.on('data', (data) => (ran.err += String(data))).on('end', done)
  })
}
