// Keys as text, for the answers of roles.

import b4a from 'b4a'

export function hex(key: Uint8Array): string {
  return b4a.toString(key as any, 'hex')
}
