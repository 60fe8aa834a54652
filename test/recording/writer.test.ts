import b4a from 'b4a'
import test from 'brittle'
import { MAX_FRAGMENT_BYTES } from '../../core/limits.ts'
import type { Fragment } from '../../core/encoding/recording/entry.ts'
import { verifyAttestation } from '../../core/identity/device-keys.ts'
import { openBlock } from '../../core/recording/block-cipher.ts'
import { LogTree, verifyTree } from '../../core/recording/log-tree.ts'
import { Ratchet } from '../../core/recording/ratchet.ts'
import { RunningHash } from '../../core/recording/running-hash.ts'
import type { SignedBlock } from '../../core/recording/writer.ts'
import {
  CIRCLE,
  device,
  film,
  fragment,
  INIT,
  reader,
  STARTED_AT_MS,
  TAG_KEY,
  writer
} from '../helpers/films/recorder.ts'
import { refused } from '../helpers/refused.ts'
import { spySecrets } from '../helpers/secrets/spy-secrets.ts'
import { hex } from '../helpers/encoding/vectors.ts'

const zeros = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)
/** What a checkpoint after that many fragments must say. */
function mediaOf(fragments: number): RunningHash {
  const media = new RunningHash()
  media.update(INIT)
  for (let n = 0; n < fragments; n++) media.update((fragment(n).body as Fragment).data)
  return media
}

const CLOCK = { wallMs: STARTED_AT_MS, monotonicMs: 5, place: null, batteryPercent: null }

test('Every block is signed over the tree that ends with it', (t) => {
  const recording = writer()
  const tree = new LogTree()
  for (const { index, value, signature } of film(recording, 20)) {
    tree.append(value)
    t.is(index, tree.length - 1)
    t.ok(verifyTree(recording.key, tree.hash(), tree.length, 0, signature, recording.signer))
  }
})

test('The device vouches for the recording', (t) => {
  const recording = writer({ previous: b4a.alloc(32, 8) })
  const claim = {
    kind: 'recording' as const,
    device: device(1).device,
    circle: CIRCLE,
    core: recording.key,
    startedAtMs: STARTED_AT_MS,
    previous: b4a.alloc(32, 8)
  }
  t.ok(verifyAttestation(claim, recording.attestation))
  t.absent(verifyAttestation({ ...claim, previous: null }, recording.attestation))
})

test('Two recordings of one device share no key and no block', (t) => {
  const [a, b] = [writer(), writer()]
  t.unlike(a.key, b.key)
  const blocks = [...film(a, 3), ...film(b, 3)].map(({ value }) => hex(value))
  t.is(new Set(blocks).size, 8)
})

test('A header of one reader is as long as one of eight', (t) => {
  const boxes = Array.from({ length: 9 }, (_, n) => device(10 + n).box)
  const length = (readers: Uint8Array[]): number => writer({ readers }).header().value.byteLength
  t.is(length(boxes.slice(0, 1)), length(boxes.slice(0, 8)))
  t.is(length([]), length(boxes.slice(0, 8)))
  t.is(length(boxes), length(boxes.slice(0, 8)) + 8 * 80)
})

test('A recording has one header', (t) => {
  const recording = writer()
  recording.header()
  refused(t, () => recording.header(), 'a second', 'BAD_STATE')
})

test('After the seal nothing more is made', (t) => {
  const recording = writer()
  film(recording, 2)
  recording.seal('stopped', STARTED_AT_MS)
  refused(t, () => recording.add(fragment(2)), 'entry', 'BAD_STATE')
  refused(t, () => recording.checkpoint(CLOCK), 'checkpoint', 'BAD_STATE')
  refused(t, () => recording.seal('stopped', 0), 'second seal', 'BAD_STATE')
  t.is(recording.length, 4)
})

test('The seal says what went before it', (t) => {
  const recording = writer()
  const tree = new LogTree()
  const blocks = film(recording, 3)
  for (const { value } of blocks) tree.append(value)
  const { index, value } = recording.seal('rotated', STARTED_AT_MS + 750)
  const media = mediaOf(3)
  t.alike(reader(recording, blocks).entry(index, value), {
    kind: 'seal',
    body: {
      length: 4,
      treeHash: tree.hash(),
      sha256: media.digest(),
      mediaBytes: media.bytes,
      endedAtMs: STARTED_AT_MS + 750,
      reason: 'rotated'
    }
  })
})

test('A checkpoint carries SHA-256 over init segment and media so far', (t) => {
  const recording = writer()
  const blocks = film(recording, 2)
  const { index, value } = recording.checkpoint(CLOCK)
  const media = mediaOf(2)
  const { body } = reader(recording, blocks).entry(index, value) as any
  t.is(hex(body.sha256), hex(media.digest()))
  t.is(body.mediaBytes, media.bytes)
})

test('An entry that is refused leaves no trace', (t) => {
  const recording = writer()
  const blocks = film(recording, 1)
  const bytes = recording.mediaBytes
  const data = b4a.alloc(MAX_FRAGMENT_BYTES + 1)
  refused(t, () => recording.add(fragment(1, { data })), 'too large')
  t.is(recording.mediaBytes, bytes)
  const next = recording.add(fragment(1))
  t.alike(reader(recording, blocks).entry(2, next.value), fragment(1))
})

test('While filming, only the newest chain key is in memory; after the seal no secret is', (t) => {
  const secrets = spySecrets(t)
  const recording = writer()
  film(recording, 5)
  t.is(secrets.signing.length, 1, 'one signing key')
  t.absent(zeros(secrets.signing[0]!), 'which is in use')
  t.is(secrets.block.length, 6, 'a key for each block')
  t.ok(secrets.block.every(zeros), 'which is gone once the block is made')
  t.is(secrets.chain.size, 7, 'a chain key for each block and the next')
  t.is([...secrets.chain].filter((key) => !zeros(key)).length, 1, 'of which the next is left')
  recording.seal('stopped', 0)
  t.ok(zeros(secrets.signing[0]!), 'no signing key after the seal')
  t.ok([...secrets.chain].every(zeros), 'no chain key after the seal')
})

test('A chain key seized in mid-film opens the blocks after it and none before', (t) => {
  const secrets = spySecrets(t)
  const recording = writer()
  const before = film(recording, 5)
  const seized = b4a.from([...secrets.chain].pop()!)
  const after = [fragment(5), fragment(6)].map((entry) => recording.add(entry))
  const opened = (blocks: SignedBlock[]): number[] => {
    const ratchet = new Ratchet(seized)
    const keys = Array.from({ length: 50 }, () => ratchet.next())
    const opens = ({ index, value }: SignedBlock): boolean =>
      keys.some((key) => openBlock(key, recording.key, index, value) !== null)
    return blocks.filter(opens).map(({ index }) => index)
  }
  t.alike(opened(after), [6, 7])
  t.alike(opened(before.slice(1)), [])
})

test('Wiped before its seal, a recording makes nothing more and keeps no secret', (t) => {
  const secrets = spySecrets(t)
  const recording = writer()
  film(recording, 1)
  recording.wipe()
  refused(t, () => recording.add(fragment(1)), 'entry', 'BAD_STATE')
  t.ok([...secrets.signing, ...secrets.block, ...secrets.chain].every(zeros))
})

test('No block shows what is filmed, by whom, or any secret', (t) => {
  const keys = device(1)
  const secrets = spySecrets(t)
  const recording = writer({ keys, readers: [device(2).box] })
  const signing = b4a.from(secrets.signing[0]!)
  const blocks = film(recording, 3)
  const note = { text: 'plate AB-123-CD', atMs: STARTED_AT_MS }
  blocks.push(recording.add({ kind: 'note', body: note }))
  const chain = [...secrets.chain].map((key) => b4a.from(key)).filter((key) => !zeros(key))
  const first = reader(recording, blocks).chainKey()
  blocks.push(recording.seal('stopped', 0))
  const told = b4a.concat(blocks.map(({ value }) => value))
  const hidden: Record<string, Uint8Array> = {
    media: b4a.from('media of fragment'),
    init: INIT,
    mime: b4a.from('video/mp4'),
    note: b4a.from('AB-123-CD'),
    circle: CIRCLE,
    'tag key': TAG_KEY,
    device: keys.device,
    box: keys.box,
    reader: device(2).box,
    'signing key': signing.subarray(0, 32),
    'first chain key': first,
    'next chain key': chain[0]!
  }
  for (const [what, bytes] of Object.entries(hidden)) t.is(b4a.indexOf(told, bytes), -1, what)
  t.not(b4a.indexOf(told, recording.signer), -1, 'the signer is public')
})
