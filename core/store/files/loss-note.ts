// The note that some of what was signed for here may be gone, until every circle has been told. In a file:
// a process that is killed before it has told of the loss would leave a store that looks sound.
// Must never: be taken back while a journal does not say it.

import { path, readFileIfAny } from '../../runtime/fs.ts'
import { removeMark, setMark } from './mark.ts'

export const LOSS_FILE = 'lost'

export class LossNote {
  /** Not every circle has been told. */
  isUntold = false
  #tellAgain = false
  readonly #file: string

  /** @param dir a device's directory */
  constructor(dir: string) {
    this.#file = path.join(dir, LOSS_FILE)
  }

  /** What an earlier process has left to be told counts as well. */
  async read(): Promise<void> {
    if ((await readFileIfAny(this.#file)) !== null) this.isUntold = true
  }

  /** To be called before anything is repaired or made anew. */
  async add(): Promise<void> {
    this.isUntold = true
    await setMark(this.#file)
  }

  /** Every circle's journal says what was lost here. */
  async told(): Promise<void> {
    if (!this.isUntold || this.#tellAgain) return
    this.isUntold = false
    await removeMark(this.#file)
  }

  /** A journal could not be written: the loss is told again at the next start. */
  keep(): void {
    this.#tellAgain = true
  }
}
