// Chooses how to read what `record` is given, and checks it before a device is opened for it.

import { TemoinError } from '../../core/errors.ts'
import type { Output } from '../output/output.ts'
import { ByteStream } from './byte-stream.ts'
import { MediaSource } from './media-source.ts'
import { isNamedPipe, NamedPipe } from './named-pipe.ts'
import { isMp4, remuxed } from './remux.ts'

/**
 * @param input a file, or - for stdin; that and a named pipe are not waited for: a camera may begin later
 * @throws TemoinError BAD_INPUT, MEDIA_UNSUPPORTED, MEDIA_DAMAGED
 */
export async function openSource(
  input: string,
  mime: string | undefined,
  out: Output
): Promise<MediaSource> {
  if (input === '-') return new MediaSource(ByteStream.stdin(), mime)
  if (await isNamedPipe(input)) {
    return new MediaSource(new ByteStream(input, new NamedPipe(input)), mime)
  }
  const source = new MediaSource(ByteStream.file(input), mime)
  try {
    await source.begin()
    return source
  } catch (err) {
    source.close()
    const other = await streamable(input, err)
    if (other === null) throw err
    out.note('This MP4 is not made for streaming: ffmpeg puts it in fragments on the way in')
    return other
  }
}

/** A plain MP4 through ffmpeg; null where it is something else, or there is no ffmpeg. */
async function streamable(input: string, err: unknown): Promise<MediaSource | null> {
  if (!TemoinError.is(err, 'MEDIA_UNSUPPORTED') || !(await isMp4(input))) return null
  const bytes = await remuxed(input)
  if (bytes === null) return null
  const source = new MediaSource(bytes)
  try {
    await source.begin()
    return source
  } catch {
    source.close()
    return null
  }
}
