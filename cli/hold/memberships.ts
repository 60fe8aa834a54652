// Tells what is said of who belongs, and of what each is called, while a device holds: every statement, also what does not count.
// Must never: leave one out because of who says it, or how much else is said.

import b4a from 'b4a'
import type { HistoryEntry, JournalLine } from '../../core/circle/roster.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { historyFields, historyText } from '../facts/history.ts'
import { Coalesced } from '../output/coalesce.ts'
import type { Output } from '../output/output.ts'
import { keyText } from '../output/units.ts'

/** What became of each takes a look at the whole history: of a journal that comes at once, one look. */
const EVERY_MS = 500

export class Memberships {
  readonly #out: Output
  readonly #untold = new Map<Exchange, JournalLine[]>()
  readonly #tell = new Coalesced(() => this.#tellAll(), EVERY_MS)

  constructor({ out }: { out: Output }) {
    this.#out = out
  }

  /** Somebody said something of that. */
  said(line: JournalLine, exchange: Exchange): void {
    const lines = this.#untold.get(exchange) ?? []
    lines.push(line)
    this.#untold.set(exchange, lines)
    this.#tell.call()
  }

  /** Tells what waits, now. */
  flush(): void {
    this.#tell.flush()
  }

  #tellAll(): void {
    for (const [exchange, lines] of this.#untold) {
      const { history } = exchange.circle.roster
      for (const entry of history) {
        if (lines.some((line) => isOf(line, entry))) this.#tellOne(entry, exchange)
      }
    }
    this.#untold.clear()
  }

  #tellOne(entry: HistoryEntry, { circle }: Exchange): void {
    this.#out.event('membership', { circle: keyText(circle.id), ...historyFields(entry) })
    this.#out.note(historyText(circle, entry))
  }
}

function isOf(line: JournalLine, { journal, index }: HistoryEntry): boolean {
  return line.index === index && b4a.equals(line.journal, journal)
}
