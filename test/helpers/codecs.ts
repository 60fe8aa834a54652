// Every structure of core/encoding with values that exercise it: the smallest, and one with every
// field in use. Golden vectors, round trips and the fuzzer all go through this one table, so that a new
// codec is either in it or missing from all of them. (A test compares it with the sources.)

import b4a from 'b4a'
import { TemoinError } from '../../core/errors.ts'
import { address } from '../../core/encoding/address.ts'
import { attested } from '../../core/encoding/attestation.ts'
import * as control from '../../core/encoding/control.ts'
import { deviceState } from '../../core/encoding/device-state.ts'
import { decodeEntry, encodeEntry } from '../../core/encoding/entry.ts'
import type { Entry } from '../../core/encoding/entry.ts'
import { privateHeader, publicHeader, WRAPPED_BYTES } from '../../core/encoding/header.ts'
import { compactAddress } from '../../core/encoding/compact-address.ts'
import { decodeInvite, encodeInvite, inviteBody } from '../../core/encoding/invite.ts'
import type { Invite } from '../../core/encoding/invite.ts'
import { recordingAnnounced, tagged } from '../../core/encoding/journal-entry.ts'
import type { JournalEntry } from '../../core/encoding/journal-entry.ts'
import { journalHead } from '../../core/encoding/journal-head.ts'
import { lockCost, lockedSeed } from '../../core/encoding/locked-seed.ts'
import {
  pairAsk,
  pairChallenge,
  pairCommit,
  pairGrant,
  peerAddresses,
  refusal,
  signed
} from '../../core/encoding/pairing.ts'
import { pairingState } from '../../core/encoding/pairing-state.ts'
import { receipt, receiptBody } from '../../core/encoding/receipt.ts'
import { safeList } from '../../core/encoding/safe-list.ts'
import { rivalProof } from '../../core/encoding/rival-proof.ts'
import { signedHead } from '../../core/encoding/signed-head.ts'
import { stillHeld } from '../../core/encoding/still-held.ts'
import { decode, encode } from '../../core/encoding/wire.ts'
import type { Codec } from '../../core/encoding/wire.ts'

export interface Coded {
  name: string
  encode(value: any): Uint8Array
  decode(bytes: Uint8Array): unknown
  samples: unknown[]
}

/** `length` bytes that are all `n`: readable in a vector, and never another field's. */
export function fill(n: number, length = 32): Uint8Array {
  return b4a.alloc(length, n)
}

const AT_MS = 1_790_000_000_000
const LARGEST = Number.MAX_SAFE_INTEGER

const v4 = { host: '192.168.43.1', port: 49737 }
const v6 = { host: 'fe80::1ff:fe23:4567:890a', port: 65535 }
const head = {
  device: fill(1),
  signer: fill(2),
  startedAtMs: AT_MS,
  previous: null,
  signature: fill(3, 64)
}
const nextHead = { ...head, signer: fill(4), previous: fill(5) }
const peer = { device: fill(6), addresses: [v4, v6] }
const body = {
  recording: fill(7),
  fork: 0,
  length: 241,
  treeHash: fill(8),
  authorSignature: fill(9, 64),
  holder: fill(10),
  heldSinceMs: AT_MS,
  atMs: AT_MS + 250,
  flushed: true
}
const bare = { ...body, fork: LARGEST, length: 0, authorSignature: null, flushed: false }
const held = { ...body, signature: fill(11, 64) }
const seal = {
  length: 241,
  treeHash: fill(12),
  sha256: fill(13),
  mediaBytes: 70_000,
  endedAtMs: AT_MS,
  reason: 'stopped'
}
const checkpoint = { sha256: fill(14), mediaBytes: 0, wallMs: AT_MS, monotonicMs: 0 }
const place = { latitudeE7: -337_000_001, longitudeE7: 1_800_000_000, accuracyM: 12 }
const fragment = { ptsUs: 0, durationUs: 250_000, key: true, continued: false, data: fill(15, 5) }
const seen = [{ journal: fill(16), length: 300 }]
const circleState = {
  id: fill(17),
  name: 'Quai',
  secret: fill(18),
  later: [],
  introducer: null,
  journal: null,
  heads: [],
  peers: [],
  members: [],
  revoked: [],
  films: []
}
const announcedBody = {
  recording: fill(25),
  signer: fill(26),
  startedAtMs: AT_MS,
  previous: null,
  attestation: fill(27, 64)
}

const cost = { passes: 3, memoryKiB: 262_144, salt: fill(100, 16) }

const entries = [
  { kind: 'fragment', body: fragment },
  { kind: 'fragment', body: { ...fragment, ptsUs: -21_333, key: false, continued: true } },
  { kind: 'checkpoint', body: { ...checkpoint, place: null, batteryPercent: null } },
  { kind: 'checkpoint', body: { ...checkpoint, place, batteryPercent: 83 } },
  { kind: 'status', body: { status: 'camera-lost', atMs: AT_MS } },
  { kind: 'note', body: { text: 'Éclats à 14 h 05, métro fermé 🚇', atMs: AT_MS } },
  { kind: 'tag', body: { tag: 'plate', text: 'AB-123-CD', atMs: AT_MS } },
  { kind: 'gap', body: { fromUs: -5, toUs: 1_000_000, reason: 'camera lost' } },
  { kind: 'seal', body: seal },
  { kind: 'seal', body: { ...seal, length: LARGEST, reason: 'input-ended' } }
] as unknown as Entry[]

const journalEntries = [
  {
    kind: 'circle-created',
    body: {
      nonce: fill(19),
      name: 'Quai',
      device: fill(20),
      box: fill(21),
      deviceName: 'Ana',
      atMs: AT_MS
    }
  },
  {
    kind: 'member-added',
    body: {
      device: fill(22),
      box: fill(23),
      role: 'keeper',
      name: 'Bo',
      atMs: AT_MS,
      seen,
      invite: fill(104, 8)
    }
  },
  { kind: 'member-revoked', body: { device: fill(24), reason: 'seized', atMs: AT_MS, seen: [] } },
  {
    kind: 'recording-announced',
    body: {
      recording: fill(25),
      signer: fill(26),
      startedAtMs: AT_MS,
      previous: fill(27),
      attestation: fill(28, 64)
    }
  },
  { kind: 'receipts', body: [held, { ...bare, signature: fill(29, 64) }] },
  {
    kind: 'alarm',
    body: {
      alarm: 'rival-history',
      recording: fill(30),
      device: fill(31),
      proof: fill(32, 7),
      atMs: AT_MS
    }
  },
  {
    kind: 'grant',
    body: { recording: fill(33), device: fill(34), wrappedKey: fill(35, WRAPPED_BYTES) }
  },
  {
    kind: 'rekeyed',
    body: {
      epoch: fill(104, 16),
      without: [fill(105)],
      wrapped: [{ device: fill(106), box: fill(107, WRAPPED_BYTES) }],
      carries: [fill(109, 16)],
      older: fill(108, 48),
      atMs: AT_MS
    }
  },
  {
    kind: 'member-added',
    body: {
      device: fill(22),
      box: fill(23),
      role: 'contact',
      name: '',
      atMs: AT_MS,
      seen: [],
      invite: null
    }
  },
  {
    kind: 'seconded',
    body: { device: fill(24), journal: fill(99), index: 300, atMs: AT_MS, seen }
  },
  { kind: 'reinstated', body: { device: fill(24), reason: 'found', atMs: AT_MS, seen } },
  { kind: 'role-changed', body: { device: fill(22), role: 'organiser', atMs: AT_MS, seen } },
  { kind: 'own-device', body: { device: fill(100), atMs: AT_MS, seen: [] } }
] as unknown as JournalEntry[]

const invites: Invite[] = [
  { inviter: fill(36), secret: fill(37, 16), role: 'contact', expiresAtMs: AT_MS, addresses: [] },
  {
    inviter: fill(36),
    secret: fill(37, 16),
    role: 'keeper',
    expiresAtMs: AT_MS,
    addresses: [v4, v6]
  }
]

const publicHalf = {
  circleTag: fill(38),
  deviceTag: fill(39),
  signer: fill(40),
  startedAtMs: AT_MS,
  previous: null,
  attestation: fill(41, 64),
  wrappedKeys: [],
  sealed: fill(42, 3)
}
const privateHalf = {
  circle: fill(43),
  device: fill(44),
  mime: '',
  init: fill(0, 0),
  clockOffsetMs: 0,
  beacon: null,
  build: '',
  preEventMs: 0
}

const signedAlone = { treeHash: fill(103), roots: [], more: [], signature: fill(104, 64) }
const longerTree = {
  treeHash: null,
  roots: [{ index: 3, size: 4000, hash: fill(105) }],
  more: [{ index: 8, size: 1000, hash: fill(106) }],
  signature: fill(107, 64)
}
const rival = { signer: fill(108), length: 4, ours: signedAlone, theirs: signedAlone }

export const codecs: Coded[] = [
  of('address', address, v4, v6),
  of('attested', attested, attestedAs('journal', null), attestedAs('recording', fill(45))),
  of(
    'hello',
    control.hello,
    { wallMs: 0, heads: [], peers: [], full: false },
    { wallMs: AT_MS, heads: [head, nextHead], peers: [peer], full: true }
  ),
  of('follow', control.follow, { recording: fill(46), start: 241 }),
  of('unfollow', control.unfollow, { recording: fill(47) }),
  of('refuse', control.refuse, { recording: fill(48), first: 300 }),
  of(
    'route',
    control.route,
    { recording: fill(63), upstreams: [] },
    { recording: fill(63), upstreams: [fill(64), fill(65)] }
  ),
  of('recordingAnnounced', recordingAnnounced, announcedBody),
  of('liveBlock', control.liveBlock, {
    recording: fill(49),
    index: 70_000,
    signature: fill(50, 64),
    value: fill(51, 300)
  }),
  of('receipts', control.receipts, [], [held, { ...bare, signature: fill(52, 64) }]),
  of(
    'deviceState',
    deviceState,
    { name: '', port: 0, circles: [] },
    {
      name: 'Ana',
      port: 49737,
      circles: [
        circleState,
        {
          ...circleState,
          later: [fill(99), fill(100)],
          introducer: fill(53),
          journal: { salt: fill(54, 16), head },
          heads: [head, nextHead],
          peers: [peer],
          members: [fill(96), fill(97)],
          revoked: [fill(101)],
          films: [{ device: fill(98), body: announcedBody }]
        }
      ]
    }
  ),
  { name: 'entry', encode: encodeEntry, decode: decodeEntry, samples: entries },
  of('publicHeader', publicHeader, publicHalf, {
    ...publicHalf,
    previous: fill(55),
    wrappedKeys: [fill(56, WRAPPED_BYTES), fill(57, WRAPPED_BYTES)]
  }),
  of('privateHeader', privateHeader, privateHalf, {
    ...privateHalf,
    mime: 'video/mp4; codecs="avc1.42c01f, opus"',
    init: fill(58, 40),
    clockOffsetMs: -1500,
    beacon: fill(59, 32),
    build: 'temoin 0.1.0',
    preEventMs: 5000
  }),
  { name: 'invite', encode: inviteBytes, decode: inviteFrom, samples: invites },
  of('tagged', tagged, ...journalEntries),
  of('journalHead', journalHead, head, nextHead),
  of(
    'compactAddress',
    compactAddress,
    v4,
    v6,
    { host: '0.0.0.0', port: 1 },
    { host: '255.255.255.255', port: 65535 }
  ),
  of('inviteBody', inviteBody, ...invites),
  of('pairCommit', pairCommit, { commitment: fill(100) }),
  of(
    'pairChallenge',
    pairChallenge,
    { nonce: fill(101), confirm: false },
    { nonce: fill(101), confirm: true }
  ),
  of('pairAsk', pairAsk, {
    device: fill(60),
    box: fill(61),
    name: 'Bo',
    addresses: [v4],
    nonce: fill(102)
  }),
  of(
    'pairingState',
    pairingState,
    { open: [], joining: null },
    {
      open: [{ circle: fill(103), invite: invites[1]!, uses: 40, confirm: true }],
      joining: invites[0]!
    }
  ),
  of('pairGrant', pairGrant, {
    circle: fill(62),
    name: 'Quai',
    role: 'keeper',
    secret: fill(63),
    later: [fill(102), fill(103)],
    heads: [head],
    peers: [peer]
  }),
  of('peerAddresses', peerAddresses, peer),
  of('refusal', refusal, 'expired', 'full', 'withdrawn'),
  of('signed', signed, { body: fill(64, 9), signature: fill(65, 64) }),
  of('receiptBody', receiptBody, body, bare),
  of('receipt', receipt, held),
  of('lockCost', lockCost, cost),
  of(
    'lockedSeed',
    lockedSeed,
    { ...cost, nonce: fill(101, 24), sealed: fill(102, 48) },
    { ...cost, passes: 1, memoryKiB: 8, nonce: fill(101, 24), sealed: fill(102, 48) }
  ),
  of(
    'safeList',
    safeList,
    [],
    [
      { recording: fill(103), length: 241 },
      { recording: fill(104), length: 0 }
    ]
  ),
  of('rivalProof', rivalProof, rival, { ...rival, theirs: longerTree }),
  of('signedHead', signedHead, {
    signer: fill(100),
    length: 241,
    treeHash: fill(101),
    signature: fill(102, 64)
  }),
  of('stillHeld', stillHeld, { length: 0 }, { length: 241 })
]

/** The coded structure of that name. */
export function coded(name: string): Coded {
  const found = codecs.find((each) => each.name === name)
  if (!found) throw new Error('There is no codec ' + name + ' in test/helpers/codecs.ts')
  return found
}

function of(name: string, codec: Codec<any>, ...samples: unknown[]): Coded {
  return {
    name,
    encode: (value) => encode(codec, value),
    decode: (bytes) => decode(codec, bytes, name),
    samples
  }
}

function attestedAs(kind: string, previous: Uint8Array | null): unknown {
  const startedAtMs = AT_MS
  return { kind, device: fill(66), circle: fill(67), core: fill(68), startedAtMs, previous }
}

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
