import type { Assert } from 'brittle'
import { EvidenceStore } from '../../core/store/evidence-store.ts'

/** A store in `dir`, or in a directory of its own, that is closed with the test. */
export async function openStore(t: Assert, dir?: string): Promise<EvidenceStore> {
  const store = new EvidenceStore({ dir: dir ?? (await t.tmp()) })
  t.teardown(() => store.close())
  await store.ready()
  return store
}
