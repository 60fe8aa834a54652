// A plain MP4 made streamable on the way in, by ffmpeg where there is one: the same pictures and sound,
// in fragments. Nothing is encoded again.

import { spawn } from '#subprocess'
import { TemoinError } from '../../core/errors.ts'
import { fs } from '../../core/runtime/fs.ts'
import { onPath } from '../programs.ts'
import { ByteStream } from './byte-stream.ts'

const FRAGMENTED =
  '-movflags +frag_keyframe+empty_moov+default_base_moof -frag_duration 250000 -f mp4'

/** Bytes an MP4 is told by. */
const TYPE_BYTES = 8

/** True where the file begins as MP4 does, fragmented or not. */
export async function isMp4(file: string): Promise<boolean> {
  const start = new Uint8Array(TYPE_BYTES)
  const handle = await fs.promises.open(file, 'r')
  try {
    await handle.read(start, 0, TYPE_BYTES, 0)
  } finally {
    await handle.close()
  }
  return String.fromCharCode(...start.subarray(4)) === 'ftyp'
}

/** The file as ffmpeg makes it streamable, or null where there is no ffmpeg. */
export async function remuxed(file: string): Promise<ByteStream | null> {
  const args = ['-v', 'error', '-nostdin', '-i', file, '-map', '0:v?', '-map', '0:a?', '-c', 'copy']
  const ffmpeg = await onPath('ffmpeg')
  if (ffmpeg === null) return null
  const stdio = ['ignore', 'pipe', 'ignore'] as const
  const child = spawn(ffmpeg, [...args, ...FRAGMENTED.split(' '), '-'], { stdio: [...stdio] })
  return new ProgramOutput(file, child)
}

class ProgramOutput extends ByteStream {
  readonly #child: any
  readonly #exitCode: Promise<number | null>

  constructor(name: string, child: any) {
    super(name, child.stdout)
    this.#child = child
    this.#exitCode = new Promise((resolve) => {
      child.on('exit', resolve)
      child.on('error', () => resolve(null))
    })
  }

  override async next(): Promise<Uint8Array | null> {
    const piece = await super.next()
    if (piece === null && (await this.#exitCode) !== 0) throw failed()
    return piece
  }

  override close(): void {
    super.close()
    this.#child.kill()
  }
}

function failed(): TemoinError {
  return new TemoinError('MEDIA_DAMAGED', 'ffmpeg could not read this film to its end')
}
