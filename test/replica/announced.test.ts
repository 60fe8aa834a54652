import b4a from 'b4a'
import test from 'brittle'
import crypto from 'hypercore-crypto'
import type { JournalLine } from '../../core/circle/roster.ts'
import { coreKey } from '../../core/encoding/core-key.ts'
import type { RecordingAnnounced } from '../../core/encoding/journal/journal-entry.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { announcedIn } from '../../core/replica/announced.ts'

const CIRCLE = randomBytes(32)
const author = new DeviceKeys(randomBytes(32))
const other = new DeviceKeys(randomBytes(32))
const GENUINE = announcement(author)

test('an announcement is believed where its device vouches for that recording', (t) => {
  const found = announcedIn(CIRCLE, line(GENUINE))
  const { recording, signer } = GENUINE
  t.alike(found, { recording, signer, author: author.device, startedAtMs: 1, previous: null })
})

const FORGED: [name: string, body: RecordingAnnounced, device?: Uint8Array][] = [
  ['that another device put in its own journal', GENUINE, other.device],
  ['that another device vouches for', announcement(other)],
  ['of another circle', announcement(author, randomBytes(32))],
  ['whose signer is not the one of the recording', { ...GENUINE, signer: randomBytes(32) }],
  ['of another recording', { ...GENUINE, recording: randomBytes(32) }],
  ['with another start', { ...GENUINE, startedAtMs: 2 }],
  ['with another part before it', { ...GENUINE, previous: randomBytes(32) }],
  ['that nobody signed', { ...GENUINE, attestation: b4a.alloc(64) }]
]

for (const [name, body, device] of FORGED) {
  test(`an announcement ${name} is none`, (t) => {
    t.is(announcedIn(CIRCLE, line(body, device)), null)
  })
}

test('a line of another kind announces nothing', (t) => {
  const body = { device: author.device, reason: '', atMs: 1, seen: [] }
  t.is(announcedIn(CIRCLE, { ...line(GENUINE), entry: { kind: 'member-revoked', body } }), null)
})

function announcement(by: DeviceKeys, circle = CIRCLE): RecordingAnnounced {
  const signer = crypto.keyPair().publicKey
  const recording = coreKey(signer)
  const claim = { circle, core: recording, startedAtMs: 1, previous: null }
  const attestation = by.attest({ kind: 'recording', ...claim })
  return { recording, signer, startedAtMs: 1, previous: null, attestation }
}

function line(body: RecordingAnnounced, device: Uint8Array = author.device): JournalLine {
  const entry = { kind: 'recording-announced' as const, body }
  return { device, journal: b4a.alloc(32, 1), index: 0, entry }
}
