// An address in an invite, where every byte makes the code larger: IPv4 in 4 bytes and a port in 2.
//
//   u8 4 | 4 bytes | u16 port, little-endian      or      u8 0 | address as in hellos

import { address } from '../address.ts'
import type { Address } from '../address.ts'
import { bad, take, uint8 } from '../wire.ts'
import type { Codec } from '../wire.ts'

const AS_TEXT = 0
const IPV4 = 4

export const compactAddress: Codec<Address> = {
  preencode(state, value) {
    state.end++
    if (quadsOf(value.host) === null) address.preencode(state, value)
    else if (isPort(value.port)) state.end += 6
    else throw bad('a port is out of range')
  },
  encode(state, value) {
    const quads = quadsOf(value.host)
    uint8.encode(state, quads === null ? AS_TEXT : IPV4)
    if (quads === null) return address.encode(state, value)
    state.buffer!.set([...quads, value.port & 0xff, value.port >> 8], state.start)
    state.start += 6
  },
  decode(state) {
    const kind = uint8.decode(state)
    if (kind === AS_TEXT) return readText(address.decode(state))
    if (kind !== IPV4) throw bad('an address of an unknown kind')
    const [a, b, c, d, low, high] = take(state, 6)
    const port = low! | (high! << 8)
    if (!isPort(port)) throw bad('a port is out of range')
    return { host: [a, b, c, d].join('.'), port }
  }
}

/** The four numbers of an IPv4 address as everybody writes it, or null. */
function quadsOf(host: string): number[] | null {
  const quads = host.split('.').map(Number)
  const isIpv4 = quads.length === 4 && quads.every((n) => Number.isInteger(n) && n >= 0 && n < 256)
  return isIpv4 && quads.join('.') === host ? quads : null
}

/** One encoding for each address. */
function readText(value: Address): Address {
  if (quadsOf(value.host) !== null) throw bad('an address is not in its shortest form')
  return value
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535
}
