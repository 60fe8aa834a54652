// Makes text that strangers may have written safe to show: names of people, circles, reasons. Control,
// direction-changing and invisible characters can rewrite what a screen shows around them.
// Must never: be left out; whatever came from another device passes through here.

/** Control, format, surrogate, private and unassigned characters, and line and paragraph breaks. */
export const HOSTILE = /[\p{C}\p{Zl}\p{Zp}]/gu

/** The same text without what could fool a reader, and short. */
export function plain(text: string, maxChars = 60): string {
  const clean = [...text.replace(HOSTILE, '').trim()]
  return clean.length <= maxChars ? clean.join('') : clean.slice(0, maxChars).join('') + '…'
}
