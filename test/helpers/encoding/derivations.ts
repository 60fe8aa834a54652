// Everything that is derived from keys, computed from fixed inputs: what test/vectors/derivations.json
// holds for ever. Each returns its inputs too, so that the vector explains itself to who implements the
// format anew.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import {
  channelId,
  epochIdOf,
  journalKey,
  olderKey,
  outlineKey,
  relaySecret,
  tagKey
} from '../../../core/circle/keys/secrets.ts'
import { coreKey, encodeManifest } from '../../../core/encoding/core-key.ts'
import { receiptBody } from '../../../core/encoding/recording/receipt.ts'
import { LABELS } from '../../../core/encoding/signable.ts'
import { encode } from '../../../core/encoding/wire.ts'
import { signAnnotation } from '../../../core/identity/annotations.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { derive, labelled } from '../../../core/identity/hash.ts'
import { sealBlock } from '../../../core/recording/block-cipher.ts'
import { LogTree, treeSignable, wrapSignature } from '../../../core/recording/log-tree.ts'
import { noteKeysOf } from '../../../core/recording/note-box.ts'
import { Ratchet } from '../../../core/recording/ratchet.ts'
import { circleTag, deviceTag } from '../../../core/recording/tags.ts'
import { fill } from './codecs.ts'

const AT_MS = 1_790_000_000_000

export const derivations: Record<string, () => object> = {
  hash() {
    const parts = [fill(1), fill(2, 3)]
    const label = 'temoin/example/1'
    return {
      label,
      key: fill(3),
      parts,
      labelled: labelled(label, ...parts),
      derived: derive(fill(3), label, ...parts)
    }
  },

  ratchet() {
    const first = fill(4)
    const ratchet = new Ratchet(first)
    const keys = [ratchet.next(), ratchet.next(), ratchet.next()]
    return { first, keys, chainKey: ratchet.chainKey() }
  },

  noteKey() {
    const first = fill(4)
    const { publicKey, secretKey } = noteKeysOf(first)
    return { first, publicKey, secretKey }
  },

  blockCipher() {
    const [key, recording, index, plain] = [fill(5), fill(6), 258, b4a.from('une seconde de film')]
    return { key, recording, index, plain, sealed: sealBlock(key, recording, index, plain) }
  },

  deviceKeys() {
    const seed = fill(7)
    const keys = new DeviceKeys(b4a.from(seed))
    const purpose = { label: 'temoin/example/1', part: fill(8, 2) }
    return {
      seed,
      device: keys.device,
      box: keys.box,
      boxSignature: keys.signedBox.boxSignature,
      purpose,
      secret: keys.secret(purpose.label, purpose.part)
    }
  },

  epoch() {
    const secret = fill(23)
    const relay = relaySecret(secret)
    return {
      secret,
      relaySecret: relay,
      channel: channelId(relay),
      epoch: epochIdOf(relay),
      outlineKey: outlineKey(relay),
      journalKey: journalKey(secret),
      tagKey: tagKey(relay),
      olderKey: olderKey(secret),
      olderKeyForRelays: olderKey(relay)
    }
  },

  tags() {
    const [tagKey, circle, device, recording] = [fill(9), fill(10), fill(11), fill(12)]
    return {
      tagKey,
      circle,
      device,
      recording,
      circleTag: circleTag(tagKey, circle, recording),
      deviceTag: deviceTag(tagKey, device, recording)
    }
  },

  attestation() {
    const seed = fill(13)
    const claim = {
      kind: 'recording' as const,
      circle: fill(14),
      core: fill(15),
      startedAtMs: AT_MS,
      previous: fill(16)
    }
    return { seed, claim, signature: new DeviceKeys(b4a.from(seed)).attest(claim) }
  },

  receipt() {
    const seed = fill(17)
    const keys = new DeviceKeys(b4a.from(seed))
    const body = {
      recording: fill(18),
      fork: 0,
      length: 241,
      treeHash: fill(19),
      authorSignature: fill(20, 64),
      holder: keys.device,
      heldSinceMs: AT_MS,
      atMs: AT_MS + 250,
      flushed: true
    }
    return { seed, body, signature: keys.sign(LABELS.receipt, encode(receiptBody, body)) }
  },

  annotation() {
    const seed = fill(17)
    const keys = new DeviceKeys(b4a.from(seed))
    const said = { tag: 'badge' as const, text: 'RIO 1234567', filmMs: 12_250, atMs: AT_MS }
    return { seed, annotation: signAnnotation(keys, { recording: fill(18), ...said }) }
  },

  coreKey() {
    const signer = fill(21)
    return { signer, manifest: encodeManifest(signer), key: coreKey(signer) }
  },

  tree() {
    const seed = fill(22)
    const signer = crypto.keyPair(seed)
    const key = coreKey(signer.publicKey)
    const tree = new LogTree()
    const blocks = ['a', 'bb', 'ccc', 'dddd', 'eeeee'].map((text) => b4a.from(text))
    const heads = blocks.map((block) => {
      tree.append(block)
      const signable = treeSignable(key, tree.hash(), tree.length, 0)
      const signature = crypto.sign(signable, signer.secretKey)
      return { treeHash: tree.hash(), signable, signature, wrapped: wrapSignature(signature) }
    })
    return { seed, signer: signer.publicKey, key, blocks, heads }
  }
}
