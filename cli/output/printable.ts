// Makes text that strangers may have written safe to print: names of people, circles, reasons. Control,
// direction-changing and invisible characters can rewrite what a terminal shows around them.
// Must never: be left out; whatever came from another device passes through here.

/** Control, format, surrogate, private and unassigned characters, and line and paragraph breaks. */
const HOSTILE = /[\p{C}\p{Zl}\p{Zp}]/gu

/** The same text without what does not belong on a terminal, and short. */
export function plain(text: string, maxChars = 60): string {
  const clean = [...text.replace(HOSTILE, '').trim()]
  return clean.length <= maxChars ? clean.join('') : clean.slice(0, maxChars).join('') + '…'
}

/** JSON with the same characters escaped: the value it stands for is unchanged. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(HOSTILE, escaped)
}

function escaped(found: string): string {
  let text = ''
  for (let i = 0; i < found.length; i++) {
    text += '\\u' + found.charCodeAt(i).toString(16).padStart(4, '0')
  }
  return text
}
