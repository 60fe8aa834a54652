// A real decoder, where the machine has one.

import { spawn } from 'node:child_process'

/** Frames that ffmpeg decodes without a fault, 0 where it finds one, null where there is no ffmpeg. */
export function playable(file) {
  return new Promise((resolve) => {
    const args = [
      '-v',
      'error',
      '-xerror',
      '-i',
      file,
      '-map',
      '0:v',
      '-f',
      'null',
      '-progress',
      '-',
      '-'
    ]
    const child = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let out = ''
    child.stdout.on('data', (data) => (out += data))
    child.once('error', () => resolve(null))
    child.once('close', (code) => resolve(code === 0 ? framesIn(out) : 0))
  })
}

function framesIn(progress) {
  return Number([...progress.matchAll(/^frame=(\d+)/gm)].at(-1)?.[1] ?? 0)
}
