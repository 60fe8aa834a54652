// What is said of media that cannot be recorded as it is: one sentence with the remedy. The flags
// make fragments that need nothing before them but the header, 250 ms long, cut at key frames.

import { TemoinError } from '../errors.ts'

const STREAMABLE = '-movflags +frag_keyframe+empty_moov+default_base_moof -frag_duration 250000'
const COPY = `ffmpeg -i in.mp4 -c copy ${STREAMABLE} out.mp4`
const CONVERT = `ffmpeg -i in -c:v libx264 -g 30 -c:a aac ${STREAMABLE} out.mp4`

const MESSAGES = {
  plain: `This MP4 cannot be played before its end is written: make it streamable with: ${COPY}`,
  headless: `This MP4 begins in the middle, without its header: give it from its first byte, or make it whole with: ${COPY}`,
  empty: `There is no media here: give fragmented MP4 or WebM, made for example with: ${CONVERT}`,
  unknown: `This is neither fragmented MP4 nor WebM, which is what can be recorded: convert it with: ${CONVERT}`,
  large: `The header of this file is larger than a recording can carry: make it streamable with: ${CONVERT}`
}

export type Unsupported = keyof typeof MESSAGES

export function unsupported(why: Unsupported): TemoinError {
  return new TemoinError('MEDIA_UNSUPPORTED', MESSAGES[why])
}
