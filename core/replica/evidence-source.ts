// A replica as the package writer wants it: a signed length, its signature, and the blocks. Takes the
// longest prefix held here that the author's key is known to have signed exactly.

import type Hypercore from 'hypercore'
import { TemoinError } from '../errors.ts'
import type { PackageSource } from '../evidence/write/package-source.ts'
import type { Signature } from '../types/keys.ts'
import { coreHead } from './core-head.ts'
import { hasAuthorSignature } from './receipts/receipts.ts'
import type { Replica } from './replica.ts'

export interface SignedLength {
  length: number
  signature: Signature
}

/**
 * @param authorName what this device's circle calls the author
 * @throws TemoinError NOT_READABLE where no key here opens it, BAD_STATE where nothing whole is here
 */
export async function evidenceSource(
  replica: Replica,
  authorName?: string
): Promise<PackageSource> {
  const core = await replica.wake()
  await replica.look()
  const { reader, key, announced, receipts } = replica
  if (reader === null) throw unreadable(core)
  const signed = signedLength(replica, core)
  if (signed === null) throw incomplete()
  return {
    key,
    signer: announced.signer,
    fork: 0,
    ...signed,
    block: (index) => readBlock(replica, index),
    reader,
    receipts: receipts.all(),
    ...(authorName ? { authorName } : {})
  }
}

/** The replica may have gone to rest between two blocks: woken again, it reads on. */
async function readBlock(replica: Replica, index: number): Promise<Uint8Array> {
  const core = await replica.wake()
  const block = await core.get(index, { wait: false })
  if (block !== null) return block
  throw new TemoinError(
    'STORAGE_DAMAGED',
    `Block ${index} of this recording is not here: run "temoin check" to fetch it from other holders`
  )
}

function signedLength(replica: Replica, core: Hypercore): SignedLength | null {
  const found = [atHead(core), ...fromReceipts(replica)].filter((signed) => signed !== null)
  const here = found.filter(({ length }) => length > 0 && length <= core.contiguousLength)
  return here.sort((a, b) => b.length - a.length)[0] ?? null
}

/** What the author signed last of what is here, where that is whole. */
export function atHead(core: Hypercore): SignedLength | null {
  const { length, signature } = coreHead(core)
  return signature && { length, signature }
}

/** In the middle of a catch-up the head is signed for more than is here; receipts may fit better. */
function fromReceipts({ receipts, announced }: Replica): SignedLength[] {
  return receipts
    .all()
    .filter((receipt) => hasAuthorSignature(receipt, announced.signer))
    .map(({ length, authorSignature }) => ({ length, signature: authorSignature! }))
}

function unreadable(core: Hypercore): TemoinError {
  if (core.contiguousLength === 0) {
    return new TemoinError('BAD_STATE', 'Nothing of this recording is here yet: run "temoin hold"')
  }
  return new TemoinError(
    'NOT_READABLE',
    'This device holds this recording but has no key that opens it: ask a member who reads it to export it'
  )
}

function incomplete(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'This recording is still being fetched: run "temoin hold" until it is whole, then export it'
  )
}
