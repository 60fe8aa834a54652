// The file a relay remembers in. Lost or damaged, it costs a forecast and a round of reading, and
// who has heard that it leaves must be heard from again; what was said to them stands in the journals.

import b4a from 'b4a'
import { relayMemory } from '../core/encoding/memory/relay-memory.ts'
import type { RelayMemory } from '../core/encoding/memory/relay-memory.ts'
import { decode, encode } from '../core/encoding/wire.ts'
import type { CircleId } from '../core/types/keys.ts'
import { path, readFileIfAny, writeFileAtomic } from '../core/runtime/fs.ts'

export const MEMORY_FILE = 'relay-memory'

export async function loadMemory(dir: string): Promise<RelayMemory> {
  const raw = await readFileIfAny(path.join(dir, MEMORY_FILE)).catch(() => null)
  if (raw === null) return blank()
  try {
    return decode(relayMemory, raw, 'relay memory')
  } catch {
    return blank()
  }
}

export function saveMemory(dir: string, memory: RelayMemory): Promise<void> {
  return writeFileAtomic(path.join(dir, MEMORY_FILE), encode(relayMemory, memory))
}

function blank(): RelayMemory {
  return { days: [], cursor: null, scrubbedAtMs: 0, heard: [] }
}

/**
 * What names some of a circle that was given up: the recording where the reading again goes on may be one of
 * it.
 */
export async function forgetCircle(dir: string, circle: CircleId): Promise<void> {
  const memory = await loadMemory(dir)
  const heard = memory.heard.filter((one) => !b4a.equals(one.circle, circle))
  await saveMemory(dir, { ...memory, cursor: null, heard })
}
