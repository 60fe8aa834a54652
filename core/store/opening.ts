// What may go wrong while a database opens or closes, and never comes back from it.

import type Corestore from 'corestore'

/**
 * A database that has met a full disk refuses the last write of a close as well; Corestore then gives up
 * half-way, and the directory could not be opened again. What was not written was never called durable.
 */
export async function closeByForce({ storage }: Corestore): Promise<void> {
  for (const part of [storage.db, storage.rocks, storage.deviceFile]) {
    await part?.close().catch(() => {})
  }
}

export async function withinTime(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: Timer | null = null
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not open in time')), timeoutMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
