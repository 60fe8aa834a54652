// Bytes as a name: for maps that are keyed by what a key says, not by which buffer holds it.

import b4a from 'b4a'

export function hex(bytes: Uint8Array): string {
  return b4a.toString(bytes as any, 'hex')
}
