// An invite, as it travels in a URL or a QR code:
//
//   temoin:<z32 of: u8 version = 1 | inviter | secret | role | expiry | addresses | 4 bytes checksum>
//
// The secret is one-time: it names the meeting point and proves the candidate was given the invite.
// It opens nothing else, and nothing at all after the invite expires. Every byte counts: a code that is
// read across a hall has few dots.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import z32 from 'z32'
import type { DeviceKey, Role } from '../../types/keys.ts'
import { TemoinError } from '../../errors.ts'
import { MAX_ADDRESSES, MAX_INVITE_BYTES } from '../../limits.ts'
import type { Address } from '../address.ts'
import { compactAddress } from './compact-address.ts'
import { ROLES } from '../journal/journal-entry.ts'
import {
  bad,
  decode,
  encode,
  fixed,
  fixed32,
  list,
  struct,
  uint,
  versioned,
  word
} from '../wire.ts'
import type { Codec } from '../wire.ts'

export const INVITE_SCHEME = 'temoin:'
export const INVITE_SECRET_BYTES = 16
const CHECKSUM_BYTES = 4

export interface Invite {
  /** Device key of who invites: the candidate accepts an answer from nobody else. */
  inviter: DeviceKey
  secret: Uint8Array
  role: Role
  /** A whole second. */
  expiresAtMs: number
  /** Where the inviter can be reached without any directory. */
  addresses: Address[]
}

/** Seconds on the wire. */
const wholeSeconds: Codec<number> = {
  preencode: (state, ms) => uint.preencode(state, secondsOf(ms)),
  encode: (state, ms) => uint.encode(state, secondsOf(ms)),
  decode(state) {
    const ms = uint.decode(state) * 1000
    if (!Number.isSafeInteger(ms)) throw bad('a time is out of range')
    return ms
  }
}

function secondsOf(ms: number): number {
  if (ms % 1000 !== 0) throw bad('an invite expires at a whole second')
  return ms / 1000
}

/** As it is kept where it was made or is still to be redeemed. */
export const inviteBody = struct<Invite>({
  inviter: fixed32,
  secret: fixed(INVITE_SECRET_BYTES),
  role: word(ROLES),
  expiresAtMs: wholeSeconds,
  addresses: list(compactAddress, MAX_ADDRESSES)
})

const VERSION = 1
const invite = versioned(VERSION, inviteBody)

export function encodeInvite(value: Invite): string {
  const body = encode(invite, value)
  return INVITE_SCHEME + z32.encode(b4a.concat([body, checksum(body)]))
}

/** @throws TemoinError INVITE_MANGLED, or INVITE_FOREIGN where it is whole and not for this program */
export function decodeInvite(url: string): Invite {
  const raw = unwrap(url.trim())
  const body = raw.subarray(0, raw.byteLength - CHECKSUM_BYTES)
  if (!b4a.equals(raw.subarray(body.byteLength), checksum(body))) throw mangled()
  if (body[0] !== VERSION) throw otherVersion()
  try {
    return decode(invite, body, 'invite')
  } catch (err) {
    throw mangled(err)
  }
}

function unwrap(url: string): Uint8Array {
  const text = url.toLowerCase()
  const scheme = /^([a-z][a-z0-9+.-]{1,40}):/.exec(text)?.[0]
  if (scheme !== undefined && scheme !== INVITE_SCHEME) throw otherApp(scheme)
  if (scheme === undefined || url.length > 2 * MAX_INVITE_BYTES) throw mangled()
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

function otherApp(scheme: string): TemoinError {
  return new TemoinError(
    'INVITE_FOREIGN',
    `This is a link of something else (${scheme}), not an invite of Temoin: scan or copy the one that begins with temoin:`
  )
}

function otherVersion(): TemoinError {
  return new TemoinError(
    'INVITE_FOREIGN',
    'This invite was made by another version of Temoin: bring both devices to the same version, then ask for a new invite'
  )
}
