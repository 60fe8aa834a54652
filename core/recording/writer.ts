// Makes one recording, in memory: its fresh signing key, its one-time block keys, its tree. Each call
// returns a block that is already encrypted and signed, so it can leave for other devices while the
// local disk is still writing.
// Must never: hand out the signing key or the chain key, or make a block after the seal. Both secrets
// are zeroed at the seal and on `wipe()`, and are never written anywhere.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import type {
  BoxKey,
  CircleId,
  RecordingKey,
  Signature,
  SignerKey,
  TreeHash
} from '../types/keys.ts'
import { TemoinError } from '../errors.ts'
import { coreKey } from '../encoding/core-key.ts'
import { encodeEntry } from '../encoding/recording/entry.ts'
import type { Checkpoint, Entry, SealReason } from '../encoding/recording/entry.ts'
import { privateHeader, publicHeader } from '../encoding/recording/header.ts'
import { encode } from '../encoding/wire.ts'
import { randomBytes, wipe } from '../identity/hash.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { sealBlock } from './block-cipher.ts'
import { CheckedBlock } from './checked-block.ts'
import { LogTree, treeSignable } from './log-tree.ts'
import { noteKeyOf } from './note-box.ts'
import { Ratchet } from './ratchet.ts'
import { RunningHash } from './running-hash.ts'
import { circleTag, deviceTag } from './tags.ts'
import { wrapForReaders } from './wrapped-keys.ts'

/** A block that is ready to leave: encrypted, and signed over the tree that ends with it. */
export interface SignedBlock {
  readonly index: number
  readonly value: Uint8Array
  readonly signature: Signature
}

export interface WriterOptions {
  keys: DeviceKeys
  circle: CircleId
  /** Tags of this circle's recordings are keyed with it. 32 bytes. */
  tagKey: Uint8Array
  /** Who can open the recording. */
  readers: BoxKey[]
  mime: string
  init: Uint8Array
  startedAtMs: number
  previous: RecordingKey | null
  build: string
  /** @default 0 */
  clockOffsetMs?: number
  /** @default 0 */
  preEventMs?: number
}

export class RecordingWriter {
  readonly key: RecordingKey
  readonly signer: SignerKey
  readonly attestation: Signature
  readonly startedAtMs: number
  readonly previous: RecordingKey | null
  sealed = false

  readonly #options: WriterOptions
  readonly #signing: KeyPair = crypto.keyPair()
  readonly #ratchet: Ratchet
  readonly #wrapped: Uint8Array[]
  readonly #noteKey: Uint8Array
  readonly #tree = new LogTree()
  readonly #media = new RunningHash()

  constructor(options: WriterOptions) {
    const first = randomBytes(32)
    this.#options = options
    this.#ratchet = new Ratchet(first)
    this.#wrapped = wrapForReaders(first, options.readers)
    this.#noteKey = noteKeyOf(first)
    wipe(first)
    this.signer = this.#signing.publicKey
    this.key = coreKey(this.signer)
    this.startedAtMs = options.startedAtMs
    this.previous = options.previous
    this.attestation = options.keys.attest({
      kind: 'recording',
      circle: options.circle,
      core: this.key,
      startedAtMs: options.startedAtMs,
      previous: options.previous
    })
  }

  get length(): number {
    return this.#tree.length
  }

  get mediaBytes(): number {
    return this.#media.bytes
  }

  treeHash(): TreeHash {
    return this.#tree.hash()
  }

  /** Block 0. Comes before any entry. */
  header(): SignedBlock {
    if (this.length !== 0) throw new TemoinError('BAD_STATE', 'A recording has one header')
    const { circle, tagKey, keys, mime, init, build } = this.#options
    const { clockOffsetMs = 0, preEventMs = 0 } = this.#options
    const secret = { circle, device: keys.device, mime, init, clockOffsetMs, build, preEventMs }
    const plain = encode(privateHeader, { ...secret, beacon: null })
    this.#media.update(init)
    const sealed = this.#sealed(plain)
    return this.#append(
      encode(publicHeader, {
        circleTag: circleTag(tagKey, circle, this.key),
        deviceTag: deviceTag(tagKey, keys.device, this.key),
        signer: this.signer,
        startedAtMs: this.startedAtMs,
        previous: this.previous,
        attestation: this.attestation,
        noteKey: this.#noteKey,
        wrappedKeys: this.#wrapped,
        sealed
      })
    )
  }

  add(entry: Entry): SignedBlock {
    if (this.sealed) throw new TemoinError('BAD_STATE', 'This recording is sealed')
    const plain = encodeEntry(entry) // first: what it refuses must leave no trace in the hash
    if (entry.kind === 'fragment') this.#media.update(entry.body.data)
    return this.#append(this.#sealed(plain))
  }

  checkpoint(now: Omit<Checkpoint, 'sha256' | 'mediaBytes'>): SignedBlock {
    const media = { sha256: this.#media.digest(), mediaBytes: this.#media.bytes }
    return this.add({ kind: 'checkpoint', body: { ...now, ...media } })
  }

  /** The last block. Both secrets are gone when this returns. */
  seal(reason: SealReason, endedAtMs: number): SignedBlock {
    const block = this.add({
      kind: 'seal',
      body: {
        length: this.length,
        treeHash: this.#tree.hash(),
        sha256: this.#media.digest(),
        mediaBytes: this.#media.bytes,
        endedAtMs,
        reason
      }
    })
    this.wipe()
    return block
  }

  /** Destroys what could extend, rewrite or read this recording. */
  wipe(): void {
    this.sealed = true
    wipe(this.#signing.secretKey)
    this.#ratchet.wipe()
  }

  /** `plain` as it stands in the next block. */
  #sealed(plain: Uint8Array): Uint8Array {
    const key = this.#ratchet.next()
    const sealed = sealBlock(key, this.key, this.length, plain)
    wipe(key)
    return sealed
  }

  #append(value: Uint8Array): SignedBlock {
    const index = this.#tree.length
    const leaf = this.#tree.append(value)
    const treeHash = this.#tree.hash()
    const head = treeSignable(this.key, treeHash, this.#tree.length, 0)
    const signature = crypto.sign(head, this.#signing.secretKey)
    return new CheckedBlock(this.key, { index, value, signature }, { leaf, treeHash })
  }
}
