// How long one member has been asked in vain for blocks of one recording that it claims to hold. Only time
// is counted in which it could have given them: a stream brings what is sent in order, so who sends
// something later, and next to nothing in all, has not sent the block; a line that is dead, a phone that
// sleeps and a line that is slow bring nothing, or a lot. Pure; time is an argument.

/** So long, and it does not give what it claims. */
const IN_VAIN_MS = 30_000
/** Where it does not even open the recording: it may be busy opening others, after a start. */
const UNOPENED_MS = 120_000
/** More than that on its link: it may be sending a large block, slowly. Hellos and signs of life are less. */
const NEXT_TO_NOTHING_BYTES = 64 * 1024
/** Links give a sign of life every five seconds. */
const ALIVE_MS = 7000
/** Between two looks this device itself was asleep, or too busy to ask. */
const LONGEST_LOOK_MS = 2000

export interface Look {
  nowMs: number
  /** That came on its link, of whatever kind. */
  bytesRead: number
  /** `asked`: for a block. `unopened`: it has not opened the recording that it has signed for. */
  state: 'asked' | 'unopened' | 'idle'
}

export class InVain {
  /** Of the whole patience, from 0 to 1, as far as it is sure. */
  #share = 0
  /** The same, since the last byte came. */
  #sinceByte = 0
  #atMs: number
  #byteAtMs: number
  #bytes: number
  #firstBytes: number

  constructor({ nowMs, bytesRead }: Pick<Look, 'nowMs' | 'bytesRead'>) {
    this.#atMs = this.#byteAtMs = nowMs
    this.#bytes = this.#firstBytes = bytesRead
  }

  /** On another link of the same member. */
  movedTo(bytesRead: number): void {
    this.#bytes = this.#firstBytes = bytesRead
    this.#sinceByte = 0
  }

  /** @returns true where it has been asked in vain for long enough */
  look({ nowMs, bytesRead, state }: Look): boolean {
    const lookMs = Math.min(nowMs - this.#atMs, LONGEST_LOOK_MS)
    this.#atMs = nowMs
    if (state === 'asked') this.#sinceByte += lookMs / IN_VAIN_MS
    if (state === 'unopened') this.#sinceByte += lookMs / UNOPENED_MS
    if (bytesRead !== this.#bytes) this.#onBytes(bytesRead, nowMs)
    return this.#share >= 1
  }

  #onBytes(bytesRead: number, nowMs: number): void {
    if (nowMs - this.#byteAtMs <= ALIVE_MS) this.#share += this.#sinceByte
    if (bytesRead - this.#firstBytes > NEXT_TO_NOTHING_BYTES) {
      this.#share = 0
      this.#firstBytes = bytesRead
    }
    this.#sinceByte = 0
    this.#byteAtMs = nowMs
    this.#bytes = bytesRead
  }
}
