// Films made for the tests of core/evidence: by the real writer, with synthetic media or a fixture.

import b4a from 'b4a'
import { LABELS } from '../../core/encoding/signable.ts'
import { receiptBody } from '../../core/encoding/recording/receipt.ts'
import type { Receipt, ReceiptBody } from '../../core/encoding/recording/receipt.ts'
import { encode } from '../../core/encoding/wire.ts'
import type { Entry, SealReason } from '../../core/encoding/recording/entry.ts'
import type { PackageSource } from '../../core/evidence/write/package-source.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { LogTree } from '../../core/recording/log-tree.ts'
import { RecordingReader } from '../../core/recording/reader.ts'
import { RecordingWriter } from '../../core/recording/writer.ts'
import type { SignedBlock } from '../../core/recording/writer.ts'
import type { RecordingKey, SignerKey } from '../../core/types/keys.ts'
import { seeded } from '../helpers/random.ts'

export const STARTED_AT_MS = Date.UTC(2026, 4, 1, 14, 30)
export const FRAGMENT_MS = 250

export interface Media {
  mime: string
  init: Uint8Array
  fragments: { ptsUs: number; durationUs: number; key: boolean; data: Uint8Array }[]
}

/** Bytes that are no film, of the sizes of one. */
export function syntheticMedia(fragments = 12, seed = 1): Media {
  const random = seeded(seed)
  return {
    mime: 'video/mp4; codecs="avc1.42E01E,opus"',
    init: random.bytes(700),
    fragments: Array.from({ length: fragments }, (_, i) => ({
      ptsUs: i * FRAGMENT_MS * 1000,
      durationUs: FRAGMENT_MS * 1000,
      key: i % 4 === 0,
      data: random.bytes(900 + random.int(1500))
    }))
  }
}

export interface FilmOptions {
  media?: Media
  author?: DeviceKeys
  circle?: Uint8Array
  previous?: RecordingKey | null
  /** Null: the phone was killed. @default 'stopped' */
  seal?: SealReason | null
  extra?: Entry[]
}

/** A recording as its author made it, block by block. */
export interface Film {
  author: DeviceKeys
  circle: Uint8Array
  media: Media
  key: RecordingKey
  signer: SignerKey
  blocks: SignedBlock[]
}

export function newDevice(): DeviceKeys {
  return new DeviceKeys(randomBytes(32))
}

export function film(options: FilmOptions = {}): Film {
  const { media = syntheticMedia(), author = newDevice(), circle = randomBytes(32) } = options
  const { previous = null, seal = 'stopped', extra = [] } = options
  const { mime, init } = media
  const writer = new RecordingWriter({
    keys: author,
    circle,
    tagKey: randomBytes(32),
    readers: [author.box],
    mime,
    init,
    startedAtMs: STARTED_AT_MS,
    previous,
    build: 'test'
  })
  const blocks = [writer.header(), ...media.fragments.flatMap((body, i) => filmed(writer, body, i))]
  for (const entry of extra) blocks.push(writer.add(entry))
  const endedAtMs = STARTED_AT_MS + media.fragments.length * FRAGMENT_MS
  if (seal !== null) blocks.push(writer.seal(seal, endedAtMs))
  return { author, circle, media, key: writer.key, signer: writer.signer, blocks }
}

/** A fragment, and a checkpoint after every fourth. */
function filmed(writer: RecordingWriter, body: Media['fragments'][0], i: number): SignedBlock[] {
  const fragment = writer.add({ kind: 'fragment', body: { ...body, continued: false } })
  if (i % 4 !== 3) return [fragment]
  const sinceMs = (i + 1) * FRAGMENT_MS
  const place = { latitudeE7: 488566000, longitudeE7: 23522000, accuracyM: 12 }
  const now = { wallMs: STARTED_AT_MS + sinceMs, monotonicMs: 9000 + sinceMs }
  return [fragment, writer.checkpoint({ ...now, place, batteryPercent: 80 })]
}

/** What a holder of the first `length` blocks would export. */
export function sourceOf(
  film: Pick<Film, 'author' | 'key' | 'signer' | 'blocks'>,
  receipts: Receipt[] = [],
  length = film.blocks.length
): PackageSource {
  const reader = RecordingReader.find(film.key, film.blocks[0]!.value, (box) =>
    film.author.unwrap(box)
  )
  return {
    key: film.key,
    signer: film.signer,
    length,
    fork: 0,
    signature: film.blocks[length - 1]!.signature,
    block: (index) => Promise.resolve(film.blocks[index]!.value),
    reader: reader!,
    receipts
  }
}

/** A holder's receipt for the first `length` blocks, `lateMs` after the start. */
export function receiptFor(
  film: Pick<Film, 'key' | 'blocks'>,
  holder: DeviceKeys,
  length: number,
  changes: Partial<ReceiptBody> = {}
): Receipt {
  return signReceipt(holder, {
    recording: film.key,
    fork: 0,
    length,
    treeHash: treeHash(film.blocks, length),
    authorSignature: film.blocks[length - 1]?.signature ?? null,
    holder: holder.device,
    heldSinceMs: STARTED_AT_MS + 300,
    atMs: STARTED_AT_MS + 300 + length * FRAGMENT_MS,
    flushed: true,
    ...changes
  })
}

export function signReceipt(holder: DeviceKeys, body: ReceiptBody): Receipt {
  return { ...body, signature: holder.sign(LABELS.receipt, encode(receiptBody, body)) }
}

export function treeHash(blocks: SignedBlock[], length: number): Uint8Array {
  const tree = new LogTree()
  for (const { value } of blocks.slice(0, length)) tree.append(value)
  return tree.hash()
}

/** The media file that must come out. */
export function mediaBytes({ init, fragments }: Media): Uint8Array {
  return b4a.concat([init, ...fragments.map((fragment) => fragment.data)])
}
