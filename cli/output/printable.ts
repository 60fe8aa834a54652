// Makes text that strangers may have written safe to print: names of people, circles, reasons. Control,
// direction-changing and invisible characters can rewrite what a terminal shows around them.
// Must never: be left out; whatever came from another device passes through here.

import { HOSTILE } from '../../core/evidence/text/plain.ts'

export { plain } from '../../core/evidence/text/plain.ts'

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
