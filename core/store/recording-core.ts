// Tells recordings from journals without any key: by their first block.

import b4a from 'b4a'
import type Corestore from 'corestore'
import type Hypercore from 'hypercore'
import { coreKey } from '../encoding/core-key.ts'
import { publicHeader } from '../encoding/recording/header.ts'
import { hex } from '../encoding/hex.ts'
import { decode } from '../encoding/wire.ts'
import type { RecordingKey } from '../types/keys.ts'

/** Journals begin otherwise; of a recording without its first block nobody could read anything. */
export async function isRecording(core: Hypercore): Promise<boolean> {
  try {
    const block0 = await core.get(0, { wait: false })
    if (block0 === null) return false
    return b4a.equals(coreKey(decode(publicHeader, block0, 'recording header').signer), core.key)
  } catch {
    return false
  }
}

/** The recordings in `store` besides those with these discovery keys, in hexadecimal. */
export async function recordingsBut(
  store: Corestore,
  known: ReadonlySet<string>
): Promise<RecordingKey[]> {
  const found: RecordingKey[] = []
  for await (const discoveryKey of store.list()) {
    if (known.has(hex(discoveryKey))) continue
    const core = store.get({ discoveryKey, active: false })
    await core.ready()
    if (await isRecording(core)) found.push(core.key)
    await core.close()
  }
  return found
}
