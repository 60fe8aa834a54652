import test from 'brittle'
import type { Assert } from 'brittle'
import Corestore from 'corestore'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { manifestOf } from '../../../core/encoding/core-key.ts'
import { eventually } from '../../helpers/eventually.ts'
import { ATTACKS, HELD, blocks, createAuthor, trueBlock } from './evil.ts'
import type { Attack, Author } from './evil.ts'
import { Holder, Joint, caughtUp, fetchAll, holdsAll } from './guarded.ts'

for (const attack of ATTACKS) {
  test(`a key holder who ${attack.name} takes nothing from anyone`, async (t) => {
    const { pair, honest, holders } = await heldByThree(t)
    const evil = await createAuthor(t, pair)
    await attack.prepare(evil)
    const joints = Object.values(holders).map(({ store }) => new Joint(t, evil.store, store))
    for (const joint of joints) await joint.quiet()

    for (const [state, holder] of Object.entries(holders)) {
      const core = await holder.session(pair.publicKey)
      t.is(core.fork, 0, state + ': no fork was followed')
      t.ok(await holdsAll(core, blocks(trueBlock, 0, HELD)), state + ': not a block is lost')
      t.absent(core.closed || core.core.header.frozen, state + ': open, and not frozen')
    }
    await reportsWhat(t, attack, holders.running)

    await honest.append(trueBlock(HELD))
    for (const [state, holder] of Object.entries(holders)) {
      new Joint(t, honest.store, holder.store)
      const core = await holder.session(pair.publicKey)
      await caughtUp(core, HELD + 1)
      t.pass(state + ': what the honest author says next still arrives')
    }
    await servesAFreshHolder(t, holders.running, pair.publicKey)
  })
}

test('a store without the guard loses its blocks to the same truncation', async (t) => {
  const pair = crypto.keyPair()
  const author = await createAuthor(t, pair)
  await author.append(...blocks(trueBlock, 0, HELD))
  const stock = new Corestore(await t.tmp())
  t.teardown(() => stock.close())
  const core = stock.get({ manifest: manifestOf(pair.publicKey) })
  await core.ready()
  fetchAll(core)
  const joint = new Joint(t, author.store, stock)
  await caughtUp(core, HELD)
  await author.truncate(2)
  await caughtUp(core, 2)
  await joint.quiet()
  t.is(core.length, 2)
})

interface Held {
  pair: ReturnType<typeof crypto.keyPair>
  honest: Author
  holders: { running: Holder; reopened: Holder; twice: Holder }
}

/** Three holders with all there is: one running, one restarted with nothing open, one with two sessions. */
async function heldByThree(t: Assert): Promise<Held> {
  const pair = crypto.keyPair()
  const honest = await createAuthor(t, pair)
  await honest.append(...blocks(trueBlock, 0, HELD))
  const [running, reopened, twice] = await Promise.all([
    heldFrom(t, honest),
    heldFrom(t, honest),
    heldFrom(t, honest)
  ])
  await reopened.reopen()
  await twice.session(pair.publicKey)
  return { pair, honest, holders: { running, reopened, twice } }
}

async function heldFrom(t: Assert, author: Author): Promise<Holder> {
  const holder = await Holder.create(t)
  const core = await holder.session(author.signer)
  const joint = new Joint(t, author.store, holder.store)
  await caughtUp(core, HELD)
  joint.part()
  return holder
}

async function reportsWhat(t: Assert, { kind }: Attack, { attempts }: Holder): Promise<void> {
  if (kind !== null) await eventually(() => attempts.length > 0)
  t.alike([...new Set(attempts.map((attempt) => attempt.kind))], kind === null ? [] : [kind])
}

async function servesAFreshHolder(t: Assert, holder: Holder, signer: Uint8Array): Promise<void> {
  const fresh = await Holder.create(t)
  const core: Hypercore = await fresh.session(signer)
  new Joint(t, holder.store, fresh.store)
  await caughtUp(core, HELD + 1)
  t.ok(await holdsAll(core, blocks(trueBlock, 0, HELD + 1)), 'a fresh holder gets all of it')
}
