// Did the owner of the recording's key sign exactly these blocks? The tree hash is computed from the
// blocks; head.bin and head.sig are held against it, and each can be told from the other when wrong.

import b4a from 'b4a'
import type { RecordingKey, SignerKey } from '../../../types/keys.ts'
import crypto from 'hypercore-crypto'
import { treeSignable } from '../../../recording/log-tree.ts'
import type { LogTree } from '../../../recording/log-tree.ts'
import { partFiles } from '../../layout.ts'
import { HEAD_BYTES, readHead } from '../log-proof.ts'
import type { Head } from '../log-proof.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { count, keyText } from '../../text/printable.ts'
import type { ReasonCode } from '../verdict.ts'

export interface SignedHead {
  bytes: Uint8Array
  signature: Uint8Array
}

/** Null where either file is missing or has a wrong length; said where it is there. */
export async function readSignedHead(
  opened: OpenedPackage,
  part: number
): Promise<SignedHead | null> {
  const files = partFiles(part)
  const bytes = await sized(opened, part, files.head, HEAD_BYTES, 'HEAD_CHANGED')
  const signature = await sized(opened, part, files.signature, 64, 'SIGNATURE_INVALID')
  return bytes === null || signature === null ? null : { bytes, signature }
}

/** Blocks head.bin speaks of, or null. */
export function signedLength(head: SignedHead | null): number | null {
  return (head && readHead(head.bytes)?.length) ?? null
}

/** @returns true where the signature is over exactly the blocks in `tree` */
export function checkHead(
  opened: OpenedPackage,
  part: number,
  head: SignedHead | null,
  identity: { key: RecordingKey; signer: SignerKey },
  tree: LogTree
): boolean {
  if (head === null) return false
  const say = speaker(opened, part)
  const files = partFiles(part)
  const { key, signer } = identity
  const expected = treeSignable(key, tree.hash(), tree.length, 0)
  const same = b4a.equals(expected, head.bytes)
  if (crypto.verify(expected, head.signature, signer)) {
    opened.reasons.vouched.add(files.signature)
    if (same) opened.reasons.vouched.add(files.head)
    else
      say(
        'HEAD_CHANGED',
        files.head,
        `${files.head} was changed: the author's signature fits the blocks`
      )
    return true
  }
  const said = readHead(head.bytes)
  if (said !== null && crypto.verify(head.bytes, head.signature, signer)) {
    sayWhatDiffers(opened, part, said, identity.key, tree)
  } else if (same) {
    say(
      'SIGNATURE_INVALID',
      files.signature,
      `${files.signature} is not the signature of this recording's key`
    )
  } else {
    const why = `The signature in ${files.signature} fits neither ${files.head} nor the blocks`
    say('SIGNATURE_INVALID', files.signature, why)
    if (said !== null) sayWhatDiffers(opened, part, said, identity.key, tree)
    else say('HEAD_CHANGED', files.head, `${files.head} is not what a recording's key signs`)
  }
  return false
}

function sayWhatDiffers(
  opened: OpenedPackage,
  part: number,
  head: Head,
  key: RecordingKey,
  tree: LogTree
): void {
  const say = speaker(opened, part)
  const files = partFiles(part)
  if (!b4a.equals(head.key, key)) {
    say(
      'OTHER_RECORDING',
      files.head,
      `${files.head} is about another recording, ${keyText(head.key)}`
    )
  }
  if (head.fork !== 0) {
    const why = `The log was rewritten by who has its key (fork ${head.fork}): this is not its first history`
    say('FORKED', files.head, why)
  }
  if (head.length !== tree.length) {
    const what = head.length > tree.length ? 'missing' : 'too many'
    const difference = count(Math.abs(head.length - tree.length), 'block')
    const why = `The author signed for ${count(head.length, 'block')}, the package has ${tree.length}: ${difference} ${what}`
    say('BLOCK_COUNT', files.blocks, why)
  } else if (!b4a.equals(head.treeHash, tree.hash())) {
    const why = `The blocks in ${files.blocks} are not those the author signed (the tree hash differs)`
    say('TREE_MISMATCH', files.blocks, why)
  }
}

async function sized(
  opened: OpenedPackage,
  part: number,
  file: string,
  bytes: number,
  code: ReasonCode
): Promise<Uint8Array | null> {
  const content = await opened.whole(file, bytes)
  if (content !== null && content.byteLength === bytes) return content
  if (opened.has(file)) speaker(opened, part)(code, file, `${file} is not ${bytes} bytes long`)
  return null
}

function speaker(opened: OpenedPackage, part: number) {
  return (code: ReasonCode, file: string, message: string) =>
    opened.reasons.fail(code, message, { file, part })
}
