// An invite, as it travels in a URL or a QR code:
//
//   temoin:<z32 of: u8 version = 1 | inviter | secret | role | expiry | addresses | 4 bytes checksum>
//
// The secret is one-time: it names the meeting point and proves the candidate was given the invite.
// It opens nothing else, and nothing at all after the invite expires.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import z32 from 'z32'
import type { DeviceKey, Role } from '../types/keys.ts'
import { TemoinError } from '../errors.ts'
import { MAX_ADDRESSES, MAX_INVITE_BYTES } from '../limits.ts'
import { address } from './address.ts'
import type { Address } from './address.ts'
import { ROLES } from './journal-entry.ts'
import { decode, encode, fixed, fixed32, list, struct, uint, versioned, word } from './wire.ts'

export const INVITE_SCHEME = 'temoin:'
export const INVITE_SECRET_BYTES = 16
const CHECKSUM_BYTES = 4

export interface Invite {
  /** Device key of who invites: the candidate accepts an answer from nobody else. */
  inviter: DeviceKey
  secret: Uint8Array
  role: Role
  expiresAtMs: number
  /** Where the inviter can be reached without any directory. */
  addresses: Address[]
}

const invite = versioned(
  1,
  struct<Invite>({
    inviter: fixed32,
    secret: fixed(INVITE_SECRET_BYTES),
    role: word(ROLES),
    expiresAtMs: uint,
    addresses: list(address, MAX_ADDRESSES)
  })
)

export function encodeInvite(value: Invite): string {
  const body = encode(invite, value)
  return INVITE_SCHEME + z32.encode(b4a.concat([body, checksum(body)]))
}

/** @throws TemoinError INVITE_MANGLED where the text is not a whole invite */
export function decodeInvite(url: string): Invite {
  const raw = unwrap(url.trim())
  const body = raw.subarray(0, raw.byteLength - CHECKSUM_BYTES)
  if (!b4a.equals(raw.subarray(body.byteLength), checksum(body))) throw mangled()
  try {
    return decode(invite, body, 'invite')
  } catch (err) {
    throw mangled(err)
  }
}

function unwrap(url: string): Uint8Array {
  const text = url.toLowerCase()
  if (!text.startsWith(INVITE_SCHEME) || url.length > 2 * MAX_INVITE_BYTES) throw mangled()
  const raw = fromText(text.slice(INVITE_SCHEME.length))
  if (raw.byteLength <= CHECKSUM_BYTES) throw mangled()
  return raw
}

/** Strict, where z32 is not: a last letter that carries no bits is a letter too many or too few. */
function fromText(text: string): Uint8Array {
  try {
    const raw = z32.decode(text)
    if (z32.encode(raw) === text) return raw
  } catch (err) {
    throw mangled(err)
  }
  throw mangled()
}

function checksum(body: Uint8Array): Uint8Array {
  return crypto.hash([b4a.from('temoin/invite-checksum/1'), body]).subarray(0, CHECKSUM_BYTES)
}

function mangled(cause?: unknown): TemoinError {
  return new TemoinError(
    'INVITE_MANGLED',
    'This is not a whole invite: copy the link again from its start (temoin:) to its end, or scan the code again',
    { cause }
  )
}
