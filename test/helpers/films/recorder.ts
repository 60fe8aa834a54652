// A recording in memory, made by the real writer: for tests of what is in its blocks.

import b4a from 'b4a'
import type { Entry, Fragment } from '../../../core/encoding/recording/entry.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { RecordingReader } from '../../../core/recording/reader.ts'
import { RecordingWriter } from '../../../core/recording/writer.ts'
import type { SignedBlock, WriterOptions } from '../../../core/recording/writer.ts'

export const INIT = b4a.from('the init segment of a film')
export const CIRCLE: Uint8Array = b4a.alloc(32, 0xc1)
export const TAG_KEY: Uint8Array = b4a.alloc(32, 0x7a)
export const STARTED_AT_MS = 1_790_000_000_000

/** Films by default, and reads by default: made once, so that a test can watch what a writer makes. */
const AUTHOR = device(1)
const READER = device(2)

/** The device that `n` stands for: the same keys each time. */
export function device(n: number): DeviceKeys {
  return new DeviceKeys(b4a.alloc(32, n))
}

/** A writer of device 1, which device 2 can read. */
export function writer(options: Partial<WriterOptions> = {}): RecordingWriter {
  return new RecordingWriter({
    keys: AUTHOR,
    circle: CIRCLE,
    tagKey: TAG_KEY,
    readers: [READER.box],
    mime: 'video/mp4; codecs="avc1.42c01f"',
    init: INIT,
    startedAtMs: STARTED_AT_MS,
    previous: null,
    build: 'temoin test',
    ...options
  })
}

/** The nth quarter of a second. */
export function fragment(n: number, body: Partial<Fragment> = {}): Entry {
  const data = b4a.from(`media of fragment ${n}`)
  const whole = {
    ptsUs: n * 250_000,
    durationUs: 250_000,
    key: n % 4 === 0,
    continued: false,
    data
  }
  return { kind: 'fragment', body: { ...whole, ...body } }
}

/** A header and `fragments` quarters of a second, not sealed. */
export function film(recording: RecordingWriter, fragments: number): SignedBlock[] {
  const blocks = [recording.header()]
  for (let n = 0; n < fragments; n++) blocks.push(recording.add(fragment(n)))
  return blocks
}

/** Device 2 reading it. */
export function reader(recording: RecordingWriter, blocks: SignedBlock[]): RecordingReader {
  const unwrap = (sealed: Uint8Array): Uint8Array | null => READER.unwrap(sealed)
  const found = RecordingReader.find(recording.key, blocks[0]!.value, unwrap)
  if (found === null) throw new Error('Device 2 does not read this recording')
  return found
}
