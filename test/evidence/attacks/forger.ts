// An author who cheats, with every key in hand: signs what the real writer never would.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { coreKey } from '../../../core/encoding/core-key.ts'
import { encodeEntry } from '../../../core/encoding/recording/entry.ts'
import type { Entry } from '../../../core/encoding/recording/entry.ts'
import { privateHeader, publicHeader } from '../../../core/encoding/recording/header.ts'
import { encode } from '../../../core/encoding/wire.ts'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { sealBlock } from '../../../core/recording/block-cipher.ts'
import { LogTree, treeSignable } from '../../../core/recording/log-tree.ts'
import { Ratchet } from '../../../core/recording/ratchet.ts'
import { RunningHash } from '../../../core/recording/running-hash.ts'
import { wrapForReaders } from '../../../core/recording/wrapped-keys.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import type { Film, Media } from '../film.ts'
import { STARTED_AT_MS } from '../film.ts'

export interface Forgery {
  author: DeviceKeys
  media: Media
  circle?: Uint8Array
  previous?: Uint8Array | null
  /** Who signs the attestation in the author's name. @default the author */
  attestedBy?: DeviceKeys
  /** Reused to sign a rival history under the same key. */
  signing?: KeyPair
  /** The log's fork. @default 0 */
  fork?: number
}

export class Forger {
  readonly signing: KeyPair
  readonly key: Uint8Array
  readonly tree = new LogTree()
  readonly media = new RunningHash()
  readonly blocks: SignedBlock[] = []
  readonly circle: Uint8Array
  readonly #forgery: Forgery
  readonly #ratchet: Ratchet

  constructor(forgery: Forgery) {
    const first = randomBytes(32)
    this.#forgery = forgery
    this.#ratchet = new Ratchet(first)
    this.signing = forgery.signing ?? crypto.keyPair()
    this.key = coreKey(this.signing.publicKey)
    this.circle = forgery.circle ?? randomBytes(32)
    this.#header(wrapForReaders(first, [forgery.author.box]))
  }

  add(entry: Entry): this {
    if (entry.kind === 'fragment') this.media.update(entry.body.data)
    return this.raw(encodeEntry(entry))
  }

  /** Seals whatever bytes as the next block. */
  raw(plain: Uint8Array): this {
    return this.append(sealBlock(this.#ratchet.next(), this.key, this.tree.length, plain))
  }

  /** Signs whatever block comes next, opened by no key or by another. */
  append(value: Uint8Array): this {
    const index = this.tree.length
    this.tree.append(value)
    const head = treeSignable(this.key, this.tree.hash(), this.tree.length, this.#forgery.fork ?? 0)
    this.blocks.push({ index, value, signature: crypto.sign(head, this.signing.secretKey) })
    return this
  }

  fragments(from = 0, to = this.#forgery.media.fragments.length): this {
    for (const body of this.#forgery.media.fragments.slice(from, to)) {
      this.add({ kind: 'fragment', body: { ...body, continued: false } })
    }
    return this
  }

  checkpoint(changes: object = {}): this {
    const now = { wallMs: STARTED_AT_MS, monotonicMs: 0, place: null, batteryPercent: null }
    return this.add({ kind: 'checkpoint', body: { ...now, ...this.#sum(), ...changes } })
  }

  seal(changes: object = {}): this {
    const log = { length: this.tree.length, treeHash: this.tree.hash() }
    const end = { endedAtMs: STARTED_AT_MS + 9000, reason: 'stopped' as const }
    return this.add({ kind: 'seal', body: { ...log, ...this.#sum(), ...end, ...changes } })
  }

  /** As far as `sourceOf` and `receiptFor` care. */
  film(): Film {
    const { author, media } = this.#forgery
    const { key, blocks, circle, signing } = this
    return { author, media, circle, key, blocks, signer: signing.publicKey }
  }

  #sum() {
    return { sha256: this.media.digest(), mediaBytes: this.media.bytes }
  }

  #header(wrappedKeys: Uint8Array[]): void {
    const { author, media, previous = null, attestedBy = author } = this.#forgery
    const { mime, init } = media
    const { circle } = this
    const claim = {
      kind: 'recording' as const,
      circle,
      core: this.key,
      startedAtMs: STARTED_AT_MS,
      previous
    }
    const attestation = attestedBy.attest(claim)
    const secret = { circle, device: author.device, mime, init, clockOffsetMs: 0, beacon: null }
    const plain = encode(privateHeader, { ...secret, build: 'test', preEventMs: 0 })
    const sealed = sealBlock(this.#ratchet.next(), this.key, 0, plain)
    const noteKey = randomBytes(32)
    const tags = { circleTag: randomBytes(32), deviceTag: randomBytes(32) }
    const open = { ...tags, signer: this.signing.publicKey, startedAtMs: STARTED_AT_MS, previous }
    this.media.update(init)
    this.append(encode(publicHeader, { ...open, attestation, noteKey, wrappedKeys, sealed }))
  }
}
