// What holders say that they have lost of what they had signed for: of one recording, or of all of them.
// Must never: take it from anybody but the holder itself; whoever reads the journals sees to that.

import { hex } from '../../encoding/hex.ts'
import type { Alarm } from '../../encoding/journal/journal-entry.ts'
import { stillHeld } from '../../encoding/recording/still-held.ts'
import { decode } from '../../encoding/wire.ts'
import { merge } from '../../replica/receipts/receipt-book.ts'
import type { Loss, Place } from '../../replica/receipts/receipt-book.ts'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'

export interface LossesOptions {
  replicaOf: (key: RecordingKey) => Replica | null
  replicas: () => Replica[]
}

export interface Lost {
  holder: DeviceKey
  loss: Loss
}

export class Losses {
  readonly #options: LossesOptions
  /** By recording, those of all recordings under none; then by holder. */
  readonly #all = new Map<string, Map<string, Lost>>()

  constructor(options: LossesOptions) {
    this.#options = options
  }

  /** The alarm of a device about itself, and where in its journals it stands. */
  read({ alarm, device, recording, proof, atMs }: Alarm, place: Place): void {
    if (alarm !== 'storage-damaged') return
    const id = recording === null ? '' : hex(recording)
    const known = this.#all.get(id) ?? new Map<string, Lost>()
    const before = known.get(hex(device))?.loss ?? null
    const lost = { holder: device, loss: merge(before, { length: lengthIn(proof), atMs, place }) }
    this.#all.set(id, known.set(hex(device), lost))
    for (const replica of this.#meant(recording)) lose(replica, lost)
  }

  /** As far as this recording is concerned. */
  of({ id: recording }: Replica): Lost[] {
    if (this.#all.size === 0) return []
    return ['', recording].flatMap((id) => [...(this.#all.get(id)?.values() ?? [])])
  }

  /** It is open: what was told before counts. */
  recall(replica: Replica): void {
    for (const lost of this.of(replica)) lose(replica, lost)
  }

  #meant(recording: RecordingKey | null): Replica[] {
    if (recording === null) return this.#options.replicas()
    const replica = this.#options.replicaOf(recording)
    return replica ? [replica] : []
  }
}

function lose(replica: Replica, { holder, loss }: Lost): void {
  replica.loseReceipts(holder, loss)
  replica.acknowledge() // signs anew for what is here, where it was our own loss
}

/** Blocks still held; none where it does not say so in words that are understood here. */
function lengthIn(proof: Uint8Array): number {
  if (proof.byteLength === 0) return 0
  try {
    return decode(stillHeld, proof, 'proof of a loss').length
  } catch {
    return 0
  }
}
