import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { Replica } from '../../core/replica/replica.ts'
import { EvidenceStore } from '../../core/store/evidence-store.ts'

const BLOCK = new Uint8Array(1000)

test('what an author claims is still to come counts for no circle that hears of it later', async (t) => {
  const [from, to] = [await opened(t), await opened(t)]
  const author = crypto.keyPair()
  const source = await from.core(author.publicKey)
  await source.append(new Array(9).fill(BLOCK), { keyPair: author })
  const keys = new DeviceKeys(randomBytes(32))
  const open = async (): Promise<Replica> => {
    const replica = new Replica({
      ...{ store: to, keys, now: Date.now, steadyMs: Date.now },
      announced: {
        ...{ recording: source.key, signer: author.publicKey, author: randomBytes(32) },
        ...{ startedAtMs: 1, previous: null }
      }
    })
    t.teardown(() => replica.close())
    await replica.ready()
    return replica
  }
  const first = await open()
  const target = await first.wake()
  const upgrade = { start: 0, length: source.length }
  await target.applyProof(await source.proof({ block: { index: 0, nodes: 0 }, upgrade }), null)
  t.is(target.byteLength, 9 * BLOCK.byteLength, 'by its word')
  const second = await open()
  t.is(second.length, 1)
  t.is(second.takenBytes, BLOCK.byteLength + 256)
})

async function opened(t: Assert): Promise<EvidenceStore> {
  const store = new EvidenceStore({ dir: await t.tmp() })
  t.teardown(() => store.close())
  await store.ready()
  return store
}
