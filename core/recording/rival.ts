// Whether one key has signed two histories. Pure: a proof and a recording's key in, yes or no out, for
// a member and for a court alike.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { TreeNode } from 'hypercore-crypto'
import flat from 'flat-tree'
import { coreKey } from '../encoding/core-key.ts'
import type { RivalProof, RivalSide } from '../encoding/recording/rival-proof.ts'
import type { SignedHead } from '../encoding/recording/signed-head.ts'
import type { TreeHash } from '../types/keys.ts'
import { grow, verifyTree } from './log-tree.ts'

/** True where the key of `recording` has signed two trees that differ in their first blocks. */
export function isRivalProof(proof: RivalProof, recording: Uint8Array): boolean {
  if (!b4a.equals(coreKey(proof.signer), recording)) return false
  const ours = signedHashAt(proof, proof.ours)
  const theirs = signedHashAt(proof, proof.theirs)
  return ours !== null && theirs !== null && !b4a.equals(ours, theirs)
}

/** True where the key of `recording` has signed a tree of that length. */
export function isSignedHead(head: SignedHead, recording: Uint8Array): boolean {
  const { signer, treeHash, length, signature } = head
  if (!b4a.equals(coreKey(signer), recording)) return false
  return verifyTree(recording, treeHash, length, 0, signature, signer)
}

/** Joins what can be joined without the roots before it: fewer nodes that say the same. */
export function joined(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.reduce<TreeNode[]>(grow, [])
}

/** Hash of the tree of `length` blocks that the side signs, alone or as the beginning of a longer one. */
function signedHashAt({ signer, length }: RivalProof, side: RivalSide): TreeHash | null {
  const { treeHash, roots, more, signature } = side
  const recording = coreKey(signer)
  if (treeHash !== null) {
    if (roots.length + more.length > 0) return null
    return verifyTree(recording, treeHash, length, 0, signature, signer) ? treeHash : null
  }
  if (!areRoots(roots, length)) return null
  const whole = joined([...roots, ...more])
  const end = more.reduce(follow, length)
  if (!areRoots(whole, end)) return null
  const isSigned = verifyTree(recording, crypto.tree(whole), end, 0, signature, signer)
  return isSigned ? crypto.tree(roots) : null
}

/** True where these are all the roots of a tree of `length` blocks, in order. */
function areRoots(nodes: readonly TreeNode[], length: number): boolean {
  if (!Number.isSafeInteger(2 * length) || length < 1) return false
  const wanted = flat.fullRoots(2 * length)
  return nodes.length === wanted.length && nodes.every(({ index }, i) => index === wanted[i])
}

/** Blocks up to the end of `node`, which must begin where `length` ends; NaN where it does not. */
function follow(length: number, { index }: TreeNode): number {
  const ite = flat.iterator(index)
  return flat.leftSpan(index) === 2 * length ? length + ite.factor / 2 : NaN
}
