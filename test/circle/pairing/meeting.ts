// Where inviter and candidate meet, in one process: real Noise streams between the keys an invite
// gives, and a place to listen in, to break a stream, or to take somebody else's seat.

import b4a from 'b4a'
import NoiseSecretStream from '@hyperswarm/secret-stream'
import type { KeyPair } from 'hypercore-crypto'
import { hex } from '../../../core/encoding/hex.ts'
import type { Address } from '../../../core/encoding/address.ts'
import type { Rendezvous } from '../../../core/types/link.ts'

interface Seat {
  keyPair: KeyPair
  only: Uint8Array
  onStream: (stream: NoiseSecretStream) => void
}

export class Meeting implements Rendezvous {
  /** Both ends of every stream that was opened, newest last: candidate's, inviter's. */
  readonly streams: [NoiseSecretStream, NoiseSecretStream][] = []
  readonly #seats = new Map<string, Seat>()

  /** Takes the place at this key, whoever has it now. */
  listen(
    keyPair: KeyPair,
    only: Uint8Array,
    onStream: Seat['onStream']
  ): Promise<{ close(): Promise<void> }> {
    const id = hex(keyPair.publicKey)
    this.#seats.set(id, { keyPair, only, onStream })
    return Promise.resolve({ close: async () => void this.#seats.delete(id) })
  }

  connect(remote: Uint8Array, keyPair: KeyPair): NoiseSecretStream {
    const near = new NoiseSecretStream(true, null, { keyPair })
    near.on('error', () => {})
    const seat = this.#seats.get(hex(remote))
    if (seat === undefined) near.destroy()
    else this.#seat(near, seat)
    return near
  }

  placed(): Promise<void> {
    return Promise.resolve()
  }

  addresses(): Address[] {
    return [{ host: '127.0.0.1', port: 1 }]
  }

  #seat(near: NoiseSecretStream, { keyPair, only, onStream }: Seat): void {
    const far = new NoiseSecretStream(false, null, { keyPair })
    far.on('error', () => {})
    this.streams.push([near, far])
    const [left, right] = [near.rawStream as any, far.rawStream as any]
    left.pipe(right).pipe(left)
    void far.opened.then((opened) => {
      if (!opened) return
      if (b4a.equals(far.remotePublicKey, only)) onStream(far)
      else far.destroy()
    })
  }
}
