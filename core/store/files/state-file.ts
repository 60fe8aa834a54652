// The files that hold what a device remembers besides cores, each sealed under a key from the seed.

import { TemoinError } from '../../errors.ts'
import { deviceState } from '../../encoding/memory/device-state.ts'
import type { DeviceState } from '../../encoding/memory/device-state.ts'
import { pairingState } from '../../encoding/memory/pairing-state.ts'
import type { PairingState } from '../../encoding/memory/pairing-state.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { path } from '../../runtime/fs.ts'
import { shredFile } from '../../runtime/shred.ts'
import { SealedFile } from './sealed-file.ts'

/** `state`: the name of the device, its port and its circles. */
export class StateFile extends SealedFile<DeviceState> {
  constructor(dir: string, keys: DeviceKeys) {
    super({
      file: path.join(dir, 'state'),
      key: keys.secret('temoin/state-key/1'),
      codec: deviceState,
      what: 'device state',
      damaged: (cause) =>
        damaged(
          'The memory of this device (file "state") is damaged, or of another seed or version: restore it from a backup, or move it aside and join the circle again',
          cause
        )
    })
  }
}

/** `pairing`: invites that are open, and the one being redeemed. */
export class PairingFile extends SealedFile<PairingState> {
  constructor(dir: string, keys: DeviceKeys) {
    super({
      file: path.join(dir, 'pairing'),
      key: keys.secret('temoin/pairing-key/1'),
      codec: pairingState,
      what: 'pairing state',
      damaged: (cause) =>
        damaged(
          'What this device remembers of open invites (file "pairing") is damaged, or of another seed or version: move it aside, and make or ask for new invites',
          cause
        )
    })
  }
}

/** Takes both from the disk, before anything else of a panic can be read with them. */
export async function wipeState(dir: string): Promise<void> {
  for (const name of ['state', 'state.tmp', 'pairing', 'pairing.tmp']) {
    await shredFile(path.join(dir, name))
  }
}

function damaged(sentence: string, cause: unknown): TemoinError {
  return new TemoinError('STORAGE_DAMAGED', sentence, { cause })
}
