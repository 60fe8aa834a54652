// How often an alarm is told of that comes again and again. The same about the same thing is told once,
// of one kind by one member about one device the first few; what comes beyond is counted, and told of at
// the tenth, the hundredth, the thousandth. Pure.
// Must never: hide the first of anything, or remember more the more is said.

/** Told one by one: what a disk that broke has lost of some films. */
const TOLD_EACH = 8

interface Group {
  times: number
  told: Set<string>
}

export class Repeats {
  readonly #groups = new Map<string, Group>()

  /**
   * Counts one more.
   * @param group who says what of whom
   * @param what what else it is about
   * @returns how often something of that group has been said by now, or null where that is not told
   */
  count(group: string, what = ''): number | null {
    const { times, told } = this.#next(group)
    const isNew = times <= TOLD_EACH && !told.has(what)
    if (isNew) told.add(what)
    return isNew || Number.isInteger(Math.log10(times)) ? times : null
  }

  #next(name: string): Group {
    const group = this.#groups.get(name) ?? { times: 0, told: new Set() }
    group.times++
    this.#groups.set(name, group)
    return group
  }
}
