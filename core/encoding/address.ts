// Where a device may be reached: an IPv4 or IPv6 host and a UDP port. Told in invites and hellos.

import b4a from 'b4a'
import { checked, struct, text, uint } from './wire.ts'

export interface Address {
  host: string
  port: number
}

const port = checked(uint, (value) => value >= 1 && value <= 65535, 'a port is out of range')

/** A literal IP address: a name would be a lookup that tells a resolver who is being called. */
const host = checked(text(45), isIp, 'an address is not an IP address')

export const address = struct<Address>({ host, port })

export function isIp(value: string): boolean {
  const quads = value.split('.')
  if (quads.length === 4) return quads.every((q) => /^\d{1,3}$/.test(q) && Number(q) <= 255)
  return /^[0-9a-fA-F:]{2,45}$/.test(value) && value.includes(':')
}

/** `host:port`, an IPv6 host in brackets; null where the text is neither. */
export function parseAddress(value: string): Address | null {
  const [, bracketed, open, digits] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value) ?? []
  const host = bracketed ?? open
  const port = Number(digits)
  return host !== undefined && port >= 1 && port <= 65535 ? { host, port } : null
}

export function addressKey({ host, port }: Address): string {
  return b4a.toString(b4a.from(host), 'utf8') + ':' + port
}
