// The author's way in: what it films goes to its own disk beside the pushing, and it is noted when each
// block was handed over.
// Must never: append where a block before was not written; nothing after a hole can ever be held.

import type Hypercore from 'hypercore'
import { TemoinError } from '../../errors.ts'
import type { SignedBlock } from '../../recording/writer.ts'
import { appendChecked } from '../../store/hypercore/checked-append.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { ReceiptBook } from '../receipts/receipt-book.ts'
import { OwnDisk } from './own-disk.ts'
import { Published } from './published.ts'

export interface OwnFilmOptions {
  /** The open core; null while it rests. */
  core: () => Hypercore | null
  /** True while somebody else is pushed the blocks. */
  isPushed: () => boolean
}

export class OwnFilm {
  readonly published = new Published()
  readonly #disk: OwnDisk
  readonly #isPushed: () => boolean

  constructor({ core, isPushed }: OwnFilmOptions) {
    this.#isPushed = isPushed
    this.#disk = new OwnDisk({ write: (run) => append(core(), run), isPushed })
  }

  /** Resolves when our own disk has it. @throws what the disk said, also of a block before */
  add(block: SignedBlock, nowMs: number): Promise<void> {
    this.published.note(nowMs)
    return this.#disk.add(block)
  }

  /**
   * True where others have signed for as much as this device has: its own disk need not be flushed with
   * every block then. Once they stay behind, it is.
   */
  mayWait(book: ReceiptBook, self: DeviceKey): boolean {
    if (this.published.length === 0 || !this.#isPushed()) return false
    const length = book.lengthBeside(self)
    return length > 0 && length >= book.lengthOf(self)
  }

  settled(): Promise<void> {
    return this.#disk.settled()
  }
}

async function append(core: Hypercore | null, run: SignedBlock[]): Promise<void> {
  if (core === null || core.length !== run[0]!.index) {
    throw new TemoinError('BAD_STATE', 'A block was not written, so none after it can be')
  }
  await appendChecked(core, run)
}
