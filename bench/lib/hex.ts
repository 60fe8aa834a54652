// Keys as text. The same key is the same string: an hour of notes about a few keys would otherwise be
// most of what a process that is measured holds.

import b4a from 'b4a'

const known = new Map<string, string>()

export function hex(bytes: Uint8Array): string {
  const text = b4a.toString(bytes as any, 'hex')
  const same = known.get(text)
  if (same === undefined) known.set(text, text)
  return same ?? text
}
