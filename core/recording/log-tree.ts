// The Merkle tree of a core, in memory, as Hypercore defines it: leaf and parent hashes, roots, tree
// hash, and the 112 bytes its signer signs. Lets the author sign a block before its disk has it, and
// a verifier check a log without a store.
// Source of the layout: hypercore lib/merkle-tree.js (append), hypercore-crypto (data, parent, tree)
// and hypercore lib/caps.js (treeSignable). A test holds it equal to Hypercore itself.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { TreeNode } from 'hypercore-crypto'
import flat from 'flat-tree'
import { isSound } from '../identity/sound-signatures.ts'
import type { Signature, SignerKey, TreeHash } from '../types/keys.ts'

const [TREE] = crypto.namespace('hypercore', 6) as [Uint8Array]

export class LogTree {
  length = 0
  byteLength = 0
  roots: TreeNode[] = []

  /** @returns its leaf hash, 32 bytes */
  append(block: Uint8Array): Uint8Array {
    const leaf = crypto.data(block)
    this.appendLeaf(leaf, block.byteLength)
    return leaf
  }

  /** Appends a block known only by its leaf hash and size. */
  appendLeaf(hash: Uint8Array, size: number): void {
    this.roots = grow(this.roots, { index: 2 * this.length, size, hash })
    this.length++
    this.byteLength += size
  }

  hash(): TreeHash {
    return crypto.tree(this.roots)
  }
}

/** `nodes` and one more, joined with those before it as far as they are siblings. */
export function grow(nodes: readonly TreeNode[], node: TreeNode): TreeNode[] {
  const left = nodes.at(-1)
  if (left === undefined || flat.sibling(left.index) !== node.index || left.index > node.index) {
    return [...nodes, node]
  }
  const size = left.size + node.size
  const parent = { index: flat.parent(left.index), size, hash: crypto.parent(left, node) }
  return grow(nodes.slice(0, -1), parent)
}

/** What the core's signer signs for a tree of `length` blocks. 112 bytes. */
export function treeSignable(
  core: Uint8Array,
  treeHash: TreeHash,
  length: number,
  fork: number
): Uint8Array {
  const numbers = b4a.alloc(16)
  const view = new DataView(numbers.buffer, numbers.byteOffset, 16)
  view.setBigUint64(0, BigInt(length), true)
  view.setBigUint64(8, BigInt(fork), true)
  return b4a.concat([TREE, core, treeHash, numbers])
}

export function verifyTree(
  core: Uint8Array,
  treeHash: TreeHash,
  length: number,
  fork: number,
  signature: Signature,
  signer: SignerKey
): boolean {
  return isSound(treeSignable(core, treeHash, length, fork), signature, signer)
}

/** 1 signature | by signer 0 | 64 bytes | no patch: how Hypercore stores a lone signer's signature. */
const WRAP_BEFORE = b4a.from([1, 0])
const WRAP_AFTER = b4a.from([0, 0])

/** Hypercore keeps signatures in a multi-signature wrapper of 68 bytes; this makes one. */
export function wrapSignature(signature: Signature): Uint8Array {
  return b4a.concat([WRAP_BEFORE, signature, WRAP_AFTER])
}

/** The 64 bytes inside Hypercore's wrapper, or null where it is not a lone signer's. */
export function unwrapSignature(wrapped: Uint8Array | null): Signature | null {
  if (wrapped === null || wrapped.byteLength !== 68) return null
  if (wrapped[0] !== 1 || wrapped[1] !== 0 || wrapped[66] !== 0 || wrapped[67] !== 0) return null
  return b4a.from(wrapped.subarray(2, 66))
}
