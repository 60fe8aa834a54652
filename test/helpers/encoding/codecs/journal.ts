// What a journal holds, and how one is found.

import { WRAPPED_BYTES } from '../../../../core/encoding/recording/header.ts'
import { circleSecret } from '../../../../core/encoding/pairing/circle-secret.ts'
import {
  alarm,
  grant,
  outline,
  recordingAnnounced
} from '../../../../core/encoding/journal/journal-entry-outline.ts'
import type { Outline } from '../../../../core/encoding/journal/journal-entry-outline.ts'
import {
  annotation,
  annotationBody,
  sealedAnnotation
} from '../../../../core/encoding/journal/annotation.ts'
import {
  circleWords,
  disclosedWords,
  memberWords,
  reasonWords
} from '../../../../core/encoding/journal/journal-entry-words.ts'
import { journalHead } from '../../../../core/encoding/journal/journal-head.ts'
import { provenLine } from '../../../../core/encoding/journal/proven-line.ts'
import { AT_MS, fill, of } from './coded.ts'
import type { Coded } from './coded.ts'
import { announcedBody, bareStatement, head, held, nextHead, provenLineSample } from './values.ts'

const seen = [{ journal: fill(16), length: 300 }]

const alarmBody = {
  alarm: 'rival-history',
  recording: fill(30),
  device: fill(31),
  proof: fill(32, 7),
  atMs: AT_MS
}

const outlines = [
  {
    kind: 'circle-created',
    body: {
      name: '',
      device: fill(20),
      box: fill(21),
      boxSignature: fill(120, 64),
      deviceName: '',
      atMs: AT_MS
    }
  },
  {
    kind: 'member-added',
    body: {
      device: fill(22),
      box: fill(23),
      boxSignature: fill(121, 64),
      role: 'keeper',
      name: '',
      atMs: AT_MS,
      seen,
      invite: fill(104, 8)
    }
  },
  { kind: 'member-revoked', body: { device: fill(24), reason: '', atMs: AT_MS, seen: [] } },
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
  { kind: 'receipts', body: [held, { ...bareStatement, signature: fill(29, 64) }] },
  {
    kind: 'alarm',
    body: alarmBody
  },
  {
    kind: 'rekeyed',
    body: {
      epoch: fill(104, 16),
      without: [fill(105)],
      wrapped: [
        { device: fill(106), box: fill(107, WRAPPED_BYTES), forRelay: false },
        { device: fill(110), box: fill(111, WRAPPED_BYTES), forRelay: true }
      ],
      carries: [fill(109, 16)],
      older: fill(108, 48),
      olderForRelays: fill(112, 48),
      atMs: AT_MS
    }
  },
  {
    kind: 'member-added',
    body: {
      device: fill(22),
      box: fill(23),
      boxSignature: fill(121, 64),
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
  { kind: 'reinstated', body: { device: fill(24), reason: '', atMs: AT_MS, seen } },
  { kind: 'role-changed', body: { device: fill(22), role: 'organiser', atMs: AT_MS, seen } },
  { kind: 'own-device', body: { device: fill(100), atMs: AT_MS, seen: [] } },
  { kind: 'undisclosed', body: null },
  { kind: 'leaving', body: { dueAtMs: AT_MS + 30 * 86_400_000, atMs: AT_MS } },
  { kind: 'leaving', body: { dueAtMs: null, atMs: AT_MS } }
] as unknown as Outline[]

const grantBody = { recording: fill(33), device: fill(34), wrappedKey: fill(35, WRAPPED_BYTES) }

const remarkBody = {
  recording: fill(114),
  device: fill(115),
  filmMs: 12_250,
  tag: 'badge',
  text: 'RIO 1234567 🚓',
  atMs: AT_MS
}
const remark = { ...remarkBody, signature: fill(116, 64) }
const sealedRemark = { recording: fill(114), sealed: fill(129, 200) }

export const JOURNAL: Coded[] = [
  of('outline', outline, ...outlines),
  of('circleWords', circleWords, { name: 'Quai', deviceName: 'Ana' }),
  of('memberWords', memberWords, { name: 'Bo' }, { name: '' }),
  of('reasonWords', reasonWords, { reason: 'seized' }),
  of('annotationBody', annotationBody, remarkBody),
  of('sealedAnnotation', sealedAnnotation, sealedRemark),
  of('annotation', annotation, remark, { ...remark, filmMs: 0, tag: null, text: '' }),
  of(
    'disclosedWords',
    disclosedWords,
    { kind: 'alarm', body: alarmBody },
    { kind: 'annotated', body: sealedRemark },
    { kind: 'grant', body: grantBody },
    { kind: 'named', body: { name: 'Ana 🌊', atMs: AT_MS } }
  ),
  of('grant', grant, grantBody),
  of('alarm', alarm, { ...alarmBody, alarm: 'battery-low', recording: null, proof: fill(0, 0) }),
  of('circleSecret', circleSecret, ...[true, false].map((whole) => ({ whole, bytes: fill(113) }))),
  of('recordingAnnounced', recordingAnnounced, announcedBody),
  of('journalHead', journalHead, head, nextHead),
  of('provenLine', provenLine, provenLineSample, { ...provenLineSample, index: 0, nodes: [] })
]
