// What is in a recording, and what stands for it.

import { attested } from '../../../../core/encoding/attestation.ts'
import { decodeEntry, encodeEntry } from '../../../../core/encoding/recording/entry.ts'
import type { Entry } from '../../../../core/encoding/recording/entry.ts'
import {
  privateHeader,
  publicHeader,
  WRAPPED_BYTES
} from '../../../../core/encoding/recording/header.ts'
import { AT_MS, fill, LARGEST, of } from './coded.ts'
import type { Coded } from './coded.ts'

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

const entries = [
  { kind: 'fragment', body: fragment },
  { kind: 'fragment', body: { ...fragment, ptsUs: -21_333, key: false, continued: true } },
  { kind: 'checkpoint', body: { ...checkpoint, place: null, batteryPercent: null } },
  { kind: 'checkpoint', body: { ...checkpoint, place, batteryPercent: 83 } },
  { kind: 'status', body: { status: 'camera-lost', atMs: AT_MS } },
  { kind: 'status', body: { status: 'pictures-dropped', atMs: AT_MS } },
  { kind: 'note', body: { text: 'Éclats à 14 h 05, métro fermé 🚇', atMs: AT_MS } },
  { kind: 'tag', body: { tag: 'plate', text: 'AB-123-CD', atMs: AT_MS } },
  { kind: 'gap', body: { fromUs: -5, toUs: 1_000_000, reason: 'camera lost' } },
  { kind: 'seal', body: seal },
  { kind: 'seal', body: { ...seal, length: LARGEST, reason: 'input-ended' } }
] as unknown as Entry[]

const publicHalf = {
  circleTag: fill(38),
  deviceTag: fill(39),
  signer: fill(40),
  startedAtMs: AT_MS,
  previous: null,
  attestation: fill(41, 64),
  noteKey: fill(128),
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

export const RECORDING: Coded[] = [
  of('attested', attested, attestedAs('journal', null), attestedAs('recording', fill(45))),
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
  })
]

function attestedAs(kind: string, previous: Uint8Array | null): unknown {
  const startedAtMs = AT_MS
  return { kind, device: fill(66), circle: fill(67), core: fill(68), startedAtMs, previous }
}
