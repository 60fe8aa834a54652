// What lets a device into a circle: addresses, invites, and the talk of the two devices.

import { boxClaim } from '../../../../core/encoding/box-claim.ts'
import b4a from 'b4a'
import { address } from '../../../../core/encoding/address.ts'
import { compactAddress } from '../../../../core/encoding/pairing/compact-address.ts'
import { decodeInvite, encodeInvite, inviteBody } from '../../../../core/encoding/pairing/invite.ts'
import type { Invite } from '../../../../core/encoding/pairing/invite.ts'
import {
  pairAsk,
  pairChallenge,
  pairCommit,
  pairGrant,
  peerAddresses,
  refusal,
  signed
} from '../../../../core/encoding/pairing/pairing.ts'
import { TemoinError } from '../../../../core/errors.ts'
import { AT_MS, fill, of } from './coded.ts'
import type { Coded } from './coded.ts'
import { head, peer, v4, v6 } from './values.ts'

export const invites: Invite[] = [
  { inviter: fill(36), secret: fill(37, 16), role: 'contact', expiresAtMs: AT_MS, addresses: [] },
  {
    inviter: fill(36),
    secret: fill(37, 16),
    role: 'keeper',
    expiresAtMs: AT_MS,
    addresses: [v4, v6]
  }
]

const whole = (n: number) => ({ whole: true, bytes: fill(n) })
const part = (n: number) => ({ whole: false, bytes: fill(n) })
const grant = {
  circle: fill(62),
  name: 'Quai',
  role: 'keeper',
  secret: whole(63),
  later: [whole(102), part(103)],
  heads: [head],
  peers: [peer]
}

export const PAIRING: Coded[] = [
  of('address', address, v4, v6),
  of(
    'compactAddress',
    compactAddress,
    v4,
    v6,
    { host: '0.0.0.0', port: 1 },
    { host: '255.255.255.255', port: 65535 }
  ),
  { name: 'invite', encode: inviteBytes, decode: inviteFrom, samples: invites },
  of('inviteBody', inviteBody, ...invites),
  of('pairCommit', pairCommit, { commitment: fill(100) }),
  of(
    'pairChallenge',
    pairChallenge,
    { nonce: fill(101), confirm: false },
    { nonce: fill(101), confirm: true }
  ),
  of('boxClaim', boxClaim, { device: fill(60), box: fill(61) }),
  of('pairAsk', pairAsk, {
    device: fill(60),
    box: fill(61),
    boxSignature: fill(122, 64),
    name: 'Bo',
    addresses: [v4],
    nonce: fill(102)
  }),
  of('pairGrant', pairGrant, grant, {
    ...grant,
    name: '',
    role: 'relay',
    secret: part(63),
    later: [part(102)]
  }),
  of('peerAddresses', peerAddresses, peer),
  of('refusal', refusal, 'expired', 'full', 'withdrawn', 'on-hold'),
  of('signed', signed, { body: fill(64, 9), signature: fill(65, 64) })
]

/** An invite travels as text: its bytes here are that text's. */
function inviteBytes(value: Invite): Uint8Array {
  return b4a.from(encodeInvite(value))
}

/** A mangled invite has a code of its own; for the fuzzer it is one more bad encoding. */
function inviteFrom(bytes: Uint8Array): Invite {
  try {
    return decodeInvite(b4a.toString(bytes as any, 'latin1'))
  } catch (err) {
    if (!TemoinError.is(err, 'INVITE_MANGLED') && !TemoinError.is(err, 'INVITE_FOREIGN')) throw err
    throw new TemoinError('BAD_ENCODING', err.message)
  }
}
