// The file a relay remembers in. Lost or damaged, it costs a forecast and a round of reading; what was said
// to the members of a circle stands in the journals.

import { relayMemory } from '../core/encoding/memory/relay-memory.ts'
import type { RelayMemory } from '../core/encoding/memory/relay-memory.ts'
import { decode, encode } from '../core/encoding/wire.ts'
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
  return { days: [], cursor: null, scrubbedAtMs: 0 }
}

/** Where the reading again goes on names a recording, which may be one that was given up. */
export async function forgetCursor(dir: string): Promise<void> {
  await saveMemory(dir, { ...(await loadMemory(dir)), cursor: null })
}
