// Whose log is it? Block 0, signer.bin and manifest.bin each name the signing key; all must agree. The
// blocks settle it where they can: they open only under the key of the recording they belong to.

import b4a from 'b4a'
import type { ChainKey, RecordingKey, SignerKey } from '../../../types/keys.ts'
import { coreKey } from '../../../encoding/core-key.ts'
import { readPublicHeader } from '../../../recording/reader.ts'
import { BlockOpener } from '../block-opener.ts'
import { partFiles } from '../../layout.ts'
import { signerIn } from '../log-proof.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { keyText } from '../../text/printable.ts'

export interface Identity {
  key: RecordingKey
  signer: SignerKey
  /** Null where the chain key opens nothing. */
  opener: BlockOpener | null
}

interface Claim {
  file: string
  signer: SignerKey | null
}

/** The first blocks, by position, and how many there are. */
export interface Sample {
  blocks: Uint8Array[]
  count: number
}

/** Null where nothing in the part names a signer: it cannot be checked at all. */
export async function checkSigner(
  opened: OpenedPackage,
  part: number,
  sample: Sample
): Promise<Identity | null> {
  const chainKey = await readChainKey(opened, part)
  const claims = await readClaims(opened, part, sample)
  const signers = claims.map((claim) => claim.signer).filter((signer) => signer !== null)
  const found = chainKey === null ? null : firstThatOpens(signers, chainKey, sample)
  const signer = found?.signer ?? mostNamed(signers)
  if (signer === null) {
    opened.reasons.fail('FILE_DAMAGED', `Nothing in part ${part} says whose log it is`, { part })
    return null
  }
  const identity = { key: coreKey(signer), signer, opener: found?.opener ?? null }
  compare(opened, part, claims, identity)
  if (chainKey !== null && found === null) wrongKey(opened, part)
  return identity
}

async function readChainKey(opened: OpenedPackage, part: number): Promise<ChainKey | null> {
  const file = partFiles(part).chainKey
  const bytes = await opened.whole(file, 32)
  if (bytes !== null && bytes.byteLength === 32) return bytes
  if (opened.has(file)) {
    opened.reasons.fail('CHAIN_KEY_WRONG', `${file} is not 32 bytes long`, { file, part })
  }
  return null
}

async function readClaims(opened: OpenedPackage, part: number, sample: Sample): Promise<Claim[]> {
  const files = partFiles(part)
  const signer = await opened.whole(files.signer, 32)
  const manifest = await opened.whole(files.manifest, 1024)
  return [
    { file: files.blocks, signer: headerSigner(sample.blocks[0]) },
    { file: files.signer, signer: signer?.byteLength === 32 ? signer : null },
    { file: files.manifest, signer: manifest === null ? null : signerIn(manifest) }
  ]
}

function headerSigner(block: Uint8Array | undefined): SignerKey | null {
  try {
    return block === undefined ? null : readPublicHeader(block).signer
  } catch {
    return null
  }
}

function firstThatOpens(
  signers: SignerKey[],
  chainKey: ChainKey,
  sample: Sample
): { signer: SignerKey; opener: BlockOpener } | null {
  for (const signer of signers) {
    // One index more than there are blocks: where one is missing, the last is one further on.
    const opener = new BlockOpener(coreKey(signer), chainKey, sample.count + 1)
    if (opensAny(opener, sample.blocks)) return { signer, opener }
  }
  return null
}

/** Several blocks are tried at their own place and its neighbours: one or two may be damaged or moved. */
function opensAny(opener: BlockOpener, blocks: Uint8Array[]): boolean {
  return blocks.some((block, at) =>
    [at, at + 1, at - 1].some((index) => index >= 0 && opener.open(index, block) !== null)
  )
}

function mostNamed(signers: SignerKey[]): SignerKey | null {
  const votes = (signer: SignerKey) => signers.filter((other) => b4a.equals(other, signer)).length
  return [...signers].sort((a, b) => votes(b) - votes(a))[0] ?? null
}

function compare(opened: OpenedPackage, part: number, claims: Claim[], identity: Identity): void {
  for (const { file, signer } of claims) {
    if (signer !== null && b4a.equals(signer, identity.signer)) continue
    if (!opened.has(file)) continue
    if (signer === null && file === partFiles(part).blocks) continue // the walk says what became of block 0
    const claimed = signer === null ? 'no signing key' : `another signing key, ${keyText(signer)}`
    const message = `${file} names ${claimed}: the blocks are of recording ${keyText(identity.key)}`
    opened.reasons.fail('SIGNER_DIFFERS', message, { file, part })
  }
}

function wrongKey(opened: OpenedPackage, part: number): void {
  const { chainKey: file } = partFiles(part)
  const message = `${file} opens none of the blocks: it is another key, or they are of another recording`
  opened.reasons.fail('CHAIN_KEY_WRONG', message, { file, part })
}
