// An author that turns against its own recording: it has kept the signing key, and signs whatever
// history it likes, block by block, as it would be pushed.

import crypto from 'hypercore-crypto'
import { coreKey } from '../../../core/encoding/core-key.ts'
import type { RecordingAnnounced } from '../../../core/encoding/journal/journal-entry.ts'
import { LogTree, treeSignable } from '../../../core/recording/log-tree.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import type { Station } from '../../helpers/devices/station.ts'

export class Forger {
  readonly pair = crypto.keyPair()
  readonly key: Uint8Array = coreKey(this.pair.publicKey)

  /** A history of the same key: the same values give the same blocks. */
  history(values: Uint8Array[]): SignedBlock[] {
    const tree = new LogTree()
    return values.map((value, index) => {
      tree.append(value)
      const head = treeSignable(this.key, tree.hash(), tree.length, 0)
      return { index, value, signature: crypto.sign(head, this.pair.secretKey) }
    })
  }

  treeHash(values: Uint8Array[]): Uint8Array {
    const tree = new LogTree()
    for (const value of values) tree.append(value)
    return tree.hash()
  }

  /** What `author` says of the recording before its first block. */
  announcement({ circle, keys, clock }: Station): RecordingAnnounced {
    const startedAtMs = clock.now()
    const claim = { circle: circle.id, core: this.key, startedAtMs, previous: null }
    const attestation = keys.attest({ kind: 'recording', ...claim })
    const signer = this.pair.publicKey
    return { recording: this.key, signer, startedAtMs, previous: null, attestation }
  }

  /** Begins in the name of `author`, as an honest author would: its replica, then the announcement. */
  async film(author: Station): Promise<Replica> {
    const { exchange, circle, keys } = author
    const { attestation, ...claims } = this.announcement(author)
    const replica = await exchange.film({ ...claims, author: keys.device })
    await circle.say({ kind: 'recording-announced', body: { ...claims, attestation } })
    return replica
  }
}
