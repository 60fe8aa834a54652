// Who was given the key of which recording, and by whom, as the journals say. Nobody can tell whether a
// key for somebody else is a true one; of those for this device the recording itself tells.
// Must never: let what one member says stand in the way of what another gives.

import b4a from 'b4a'
import type { JournalLine } from '../../circle/roster.ts'
import { hex } from '../../encoding/hex.ts'
import type { Grant } from '../../encoding/journal/journal-entry.ts'
import { MAX_MEMBERS } from '../../limits.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'

export interface Given {
  by: DeviceKey
  /** 80 bytes, for the device it was given to. */
  box: Uint8Array
}

export class GrantBook {
  /** By recording, as hex. */
  readonly #lines = new Map<string, JournalLine[]>()

  /** Of one giver no more about one recording than there can be members. */
  read(line: JournalLine): void {
    if (line.entry.kind !== 'grant') return
    const id = hex(line.entry.body.recording)
    const lines = this.#lines.get(id) ?? []
    const isSame = ({ device }: JournalLine): boolean => b4a.equals(device, line.device)
    if (lines.filter(isSame).length >= MAX_MEMBERS) return
    lines.push(line)
    this.#lines.set(id, lines)
  }

  /** What that device was given of this recording: of each giver the first. */
  given(recording: RecordingKey, device: DeviceKey): Given[] {
    const found = new Map<string, Given>()
    for (const { device: by, entry } of this.#lines.get(hex(recording)) ?? []) {
      const body = entry.body as Grant
      const isFirst = !found.has(hex(by))
      if (isFirst && b4a.equals(body.device, device))
        found.set(hex(by), { by, box: body.wrappedKey })
    }
    return [...found.values()]
  }
}
