// Numbers of one kind in a row, as many bytes each as they need. It grows by doubling: what is not written to
// yet takes no memory.

type Numbers = Uint16Array | Uint32Array | Float64Array

const FIRST = 1024

export class Column {
  readonly #Kind: new (length: number) => Numbers
  #values: Numbers
  #length = 0

  constructor(Kind: new (length: number) => Numbers) {
    this.#Kind = Kind
    this.#values = new Kind(FIRST)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new this.#Kind(2 * this.#length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  at(index: number): number {
    return this.#values[index]!
  }

  findIndex(is: (value: number) => boolean): number {
    return this.#values.subarray(0, this.#length).findIndex((value) => is(value))
  }

  clear(): void {
    this.#length = 0
  }
}
