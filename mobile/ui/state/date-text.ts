// Moments as a language writes them. Pure. Dates come from other devices, and a circle's member may send any
// number: what no calendar has would otherwise take the whole screen down for everybody.

/** Last moment a Date can name, ms since 1970. */
const LAST_DATE_MS = 8.64e15
const NO_DATE = '?'

/** @param language as Intl has it @param atMs ms since 1970; a question mark where no calendar has that day */
export function dateText(
  language: string,
  atMs: number,
  style: Intl.DateTimeFormatOptions
): string {
  if (!(Math.abs(atMs) <= LAST_DATE_MS)) return NO_DATE
  return new Intl.DateTimeFormat(language, style).format(atMs)
}
