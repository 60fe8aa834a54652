// Lines about recordings, kept as the bytes they were written in and decoded when somebody looks: there
// are many of them, six or more for each recording, and hardly any is ever looked at again. A few large
// buffers hold all of a circle; as objects they were ten times as much.
// Must never: hold a line with words, which may come later and are put into the line itself.

import b4a from 'b4a'
import { outline, outlineKindOf } from '../../encoding/journal/journal-entry-outline.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import { decode } from '../../encoding/wire.ts'
import type { DeviceKey, JournalKey } from '../../types/keys.ts'
import type { JournalLine } from '../roster.ts'

const PACKED: ReadonlySet<string> = new Set([
  'recording-announced',
  'recording-sealed',
  'receipts'
] satisfies JournalEntry['kind'][])
const SLAB_BYTES = 64 * 1024

/** True for the kinds there are many of, which have no words. */
export function isPacked(kind: JournalEntry['kind']): boolean {
  return PACKED.has(kind)
}

/** Bytes that stay for as long as anything refers to them, many in one buffer. */
export class Slab {
  #bytes: Uint8Array = b4a.alloc(0)
  #used = 0

  /** @returns where they are now */
  keep(bytes: Uint8Array): { buffer: Uint8Array; start: number } {
    if (this.#used + bytes.byteLength > this.#bytes.byteLength) {
      this.#bytes = b4a.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes.byteLength))
      this.#used = 0
    }
    const [buffer, start] = [this.#bytes, this.#used]
    buffer.set(bytes, start)
    this.#used += bytes.byteLength
    return { buffer, start }
  }
}

/** What all lines of one journal have in common. */
export interface Source {
  device: DeviceKey
  journal: JournalKey
  previous: JournalKey | null
}

export class PackedLine implements JournalLine {
  readonly index: number
  readonly #source: Source
  readonly #buffer: Uint8Array
  readonly #start: number
  readonly #end: number

  /** @param outline of an entry that has been decoded once, so that it will be again */
  constructor(source: Source, index: number, outline: Uint8Array, slab: Slab) {
    const { buffer, start } = slab.keep(outline)
    this.index = index
    this.#source = source
    this.#buffer = buffer
    this.#start = start
    this.#end = start + outline.byteLength
  }

  get device(): DeviceKey {
    return this.#source.device
  }

  get journal(): JournalKey {
    return this.#source.journal
  }

  get previous(): JournalKey | null {
    return this.#source.previous
  }

  /** Decoded anew with each look at its body. */
  get entry(): JournalEntry {
    return new PackedEntry(this.#buffer, this.#start, this.#end) as unknown as JournalEntry
  }
}

/** Asked for its kind many times at a start, and for its body hardly ever: no view is made before that. */
class PackedEntry {
  readonly #buffer: Uint8Array
  readonly #start: number
  readonly #end: number

  constructor(buffer: Uint8Array, start: number, end: number) {
    this.#buffer = buffer
    this.#start = start
    this.#end = end
  }

  get kind(): string {
    return outlineKindOf(this.#buffer, this.#start)
  }

  get body(): unknown {
    return decode(outline, this.#buffer.subarray(this.#start, this.#end), 'journal entry').body
  }
}
