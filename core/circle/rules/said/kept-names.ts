// What is kept of what devices say they are called: of one journal the first `MAX_NAMES`, of one device those
// of the `MAX_NAMES` journals with the lowest keys. Who says no more than it may loses nothing by it, in however
// many journals; of who says more the same is kept whatever order it comes in. Pure.
// Must never: let a device take more memory or time than that, however often it says another name.

import b4a from 'b4a'
import { hex } from '../../../encoding/hex.ts'
import type { JournalEntry, Named } from '../../../encoding/journal/journal-entry.ts'
import { disclosedWords } from '../../../encoding/journal/journal-entry-words.ts'
import { encode } from '../../../encoding/wire.ts'
import { MAX_NAMES } from '../../../limits.ts'
import type { DeviceKey } from '../../../types/keys.ts'
import type { JournalLine } from './statement.ts'

/** One name and where it was said; keys as hex. */
export interface SaidName {
  line: JournalLine
  device: string
  journal: string
  index: number
  said: Named
}

type NamingEntry = Extract<JournalEntry, { kind: 'named' }>

export function isNaming(line: JournalLine): boolean {
  return line.entry.kind === 'named'
}

export class KeptNames {
  /** By device, then by journal, as hex: in the order of the journal. */
  readonly #devices = new Map<string, Map<string, SaidName[]>>()

  /** @param lines all of them, what else they say */
  constructor(lines: readonly JournalLine[] = []) {
    for (const line of lines) if (isNaming(line)) this.add(line)
  }

  get isEmpty(): boolean {
    return this.#devices.size === 0
  }

  has(device: DeviceKey): boolean {
    return this.#devices.has(hex(device))
  }

  get lines(): JournalLine[] {
    return [...this.#devices.keys()].flatMap((device) => this.of(device).map(({ line }) => line))
  }

  /** Those of one device, journal by journal. */
  of(device: string): SaidName[] {
    return [...(this.#devices.get(device)?.values() ?? [])].flat()
  }

  /** @returns false where nothing else is kept than before */
  add(line: JournalLine): boolean {
    const said = saidIn(line)
    const journals = this.#devices.get(said.device) ?? new Map<string, SaidName[]>()
    const names = withName(journals.get(said.journal) ?? [], said)
    if (names === null) return false
    this.#devices.set(said.device, journals.set(said.journal, names))
    if (journals.size <= MAX_NAMES) return true
    const last = highest(journals.keys())
    journals.delete(last)
    return last !== said.journal
  }
}

/** Null where it has no place among the first. */
function withName(names: readonly SaidName[], said: SaidName): SaidName[] | null {
  const at = names.findLastIndex(({ index }) => index <= said.index)
  const same = names[at]?.index === said.index ? names[at] : null
  if (same && !isLess(said.line, same.line)) return null
  const place = same ? at : at + 1
  if (place >= MAX_NAMES) return null
  return [...names.slice(0, place), said, ...names.slice(same ? place + 1 : place)].slice(
    0,
    MAX_NAMES
  )
}

/** Of two at one place everybody who has both takes the same. */
function isLess(a: JournalLine, b: JournalLine): boolean {
  return a !== b && b4a.compare(bytesOf(a), bytesOf(b)) < 0
}

function bytesOf({ entry }: JournalLine): any {
  return encode(disclosedWords, entry as NamingEntry)
}

function highest(keys: Iterable<string>): string {
  let last = ''
  for (const key of keys) if (key > last) last = key
  return last
}

/** Never changes for one line, and is asked for each time another arrives. */
const parsed = new WeakMap<JournalLine, SaidName>()

function saidIn(line: JournalLine): SaidName {
  const known = parsed.get(line)
  if (known !== undefined) return known
  const { body: said } = line.entry as NamingEntry
  const [device, journal] = [hex(line.device), hex(line.journal)]
  const name = { line, device, journal, index: line.index, said }
  parsed.set(line, name)
  return name
}
