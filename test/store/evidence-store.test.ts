import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import process from '#process'
import { coreKey } from '../../core/encoding/core-key.ts'
import type { ErrorCode, TemoinError } from '../../core/errors.ts'
import { exists, fs, path } from '../../core/runtime/fs.ts'
import { EvidenceStore } from '../../core/store/evidence-store.ts'
import type { Attempt } from '../../core/store/hypercore/guard.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { eventually } from '../helpers/eventually.ts'
import { leaks } from '../helpers/leaks.ts'
import { wire } from '../helpers/devices/wire.ts'
import { refusedOpening } from '../helpers/refused.ts'
import { HELD, blocks, createAuthor, trueBlock } from './hypercore/evil.ts'
import { caughtUp, fetchAll, holdsAll } from './hypercore/guarded.ts'
import { logNames } from '../../core/store/wal/wal-check.ts'
import { DAMAGES } from './damage.ts'
import { openStore } from './open-store.ts'

test('a store makes its directory, for its owner alone, and leaves nothing open', async (t) => {
  leaks(t)
  const dir = path.join(await t.tmp(), 'not', 'there', 'yet')
  const store = await openStore(t, dir)
  const { mode } = await fs.promises.stat(dir)
  if (process.platform !== 'win32') t.is(Number(mode) & 0o777, 0o700) // Windows has no such modes
  await store.close()
})

test('a core is opened by its signer, and no secret comes with it', async (t) => {
  const store = await openStore(t)
  const { publicKey } = crypto.keyPair()
  const core = await store.core(publicKey)
  t.alike(core.key, coreKey(publicKey))
  t.is((core.core.header as any).keyPair, null)
  await t.exception(core.append(b4a.from('x')), /SESSION_NOT_WRITABLE|not writable/i)
})

test('a core that is not here is not made by looking for it', async (t) => {
  const store = await openStore(t)
  const { publicKey } = crypto.keyPair()
  const key = coreKey(publicKey)
  t.is(await store.existing(key), null)
  t.is(await store.existing(key), null)
  await (await store.core(publicKey)).close()
  const core = await store.existing(key)
  t.alike(core!.key, key)
})

test('what was written and called durable is there after a crash', async (t) => {
  const store = await openStore(t)
  const pair = crypto.keyPair()
  const core = await store.core(pair.publicKey)
  await core.append(blocks(trueBlock, 0, HELD), { keyPair: pair })
  await store.durable()
  const again = await openStore(t, await crashCopy(t, store.dir))
  t.absent(again.wasClean)
  t.ok(await holdsAll(await again.core(pair.publicKey), blocks(trueBlock, 0, HELD)))
})

test('a store knows whether it was closed', async (t) => {
  const store = await openStore(t)
  const killed = await openStore(t, await crashCopy(t, store.dir))
  t.absent(killed.wasClean, 'a killed one')
  await store.close()
  t.ok((await openStore(t, store.dir)).wasClean, 'a closed one')
})

test('an opening that fails at its last step leaves nothing open', async (t) => {
  const store = await openStore(t)
  const { dir } = store
  const pair = crypto.keyPair()
  const core = await store.core(pair.publicKey)
  await core.append(blocks(trueBlock, 0, HELD), { keyPair: pair })
  await store.close()
  const db = path.join(dir, 'store', 'db')
  await DAMAGES['garbage appended']!(path.join(db, (await logNames(db)).at(-1)!))
  const clean = path.join(dir, 'clean')
  const failing = new EvidenceStore({ dir })
  failing.on('damaged', () => {
    fs.rmSync(clean, { force: true })
    fs.mkdirSync(clean) // which is no mark, and cannot be removed as one
  })
  await t.exception(failing.ready())
  await failing.close()
  await fs.promises.rm(clean, { recursive: true })
  await openStore(t, dir)
})

test('after the close nothing is opened and nothing is called durable', async (t) => {
  const store = await openStore(t)
  await store.close()
  await t.exception(store.durable(), /closed/)
  await t.exception(store.core(crypto.keyPair().publicKey), /closed/)
})

test('a core is replicated on the links it was attached to, and on no other', async (t) => {
  const { author, store, core, link } = await held(t)
  const other = await createAuthor(t)
  await other.append(trueBlock(0))
  const mine = await store.core(other.signer)
  fetchAll(mine)
  other.core.core.replicator.attachTo(link.a.mux)
  await author.append(trueBlock(HELD))
  await caughtUp(core, HELD + 1)
  t.is(mine.length, 0)
  store.attach(mine, link.b)
  await caughtUp(mine, 1)
  store.detach(core, link.b)
  await author.append(trueBlock(HELD + 1))
  await other.append(trueBlock(1))
  await caughtUp(mine, 2)
  t.is(core.length, HELD + 1)
  t.is(core.peers.length, 0)
})

test('attaching to a link that is gone does nothing', async (t) => {
  const { store, core, link } = await held(t)
  link.cut()
  await eventually(() => core.peers.length === 0)
  store.attach(core, link.b)
  t.absent(core.core.replicator.attached(link.b.mux))
})

test('every core of the store is guarded, and what is tried is told', async (t) => {
  const { author, store, core, attempts } = await held(t)
  await author.truncate(2)
  await eventually(() => attempts.length > 0)
  t.alike([attempts[0]!.kind, attempts[0]!.core], ['fork-offer', core.key])
  t.ok(await holdsAll(core, blocks(trueBlock, 0, HELD)))
  await core.close()
  const again = await openStore(t, await crashCopy(t, store.dir))
  const seen: Attempt[] = []
  again.on('attempt', (attempt) => seen.push(attempt))
  const after = await again.core(author.signer)
  const link = await wire(t, crypto.keyPair(), crypto.keyPair())
  author.core.core.replicator.attachTo(link.a.mux)
  again.attach(after, link.b)
  await eventually(() => seen.length === 1)
  t.ok(await holdsAll(after, blocks(trueBlock, 0, HELD)))
})

test('a directory that another store has is refused, and free once that is closed', async (t) => {
  const first = await openStore(t)
  t.is((await openingError(first.dir)).code, 'STORAGE_LOCKED')
  await first.core(crypto.keyPair().publicKey)
  await first.close()
  await openStore(t, first.dir)
  t.pass()
})

const WRONG: [what: string, spoil: (dir: string) => Promise<string>, ErrorCode][] = [
  [
    'a file where the directory should be',
    async (dir) => {
      await fs.promises.writeFile(path.join(dir, 'file'), '')
      return path.join(dir, 'file')
    },
    'STORAGE_DENIED'
  ],
  [
    'a directory below a file',
    async (dir) => {
      await fs.promises.writeFile(path.join(dir, 'file'), '')
      return path.join(dir, 'file', 'below')
    },
    'STORAGE_DENIED'
  ],
  [
    'a database without its index',
    async (dir) => {
      await closedStore(dir)
      await fs.promises.rm(path.join(dir, 'store', 'db', 'CURRENT'))
      return dir
    },
    'STORAGE_DAMAGED'
  ],
  [
    'a file where the database should be',
    async (dir) => {
      await fs.promises.writeFile(path.join(dir, 'store'), '')
      return dir
    },
    'STORAGE_DENIED'
  ]
]

for (const [what, spoil, code] of WRONG) {
  test(`${what} is told in one sentence, and nothing is left open`, async (t) => {
    leaks(t)
    const dir = await spoil(await t.tmp())
    const err = await openingError(dir)
    t.is(err.code, code)
    t.ok(err.message.includes(dir) && !err.message.includes('\n'), err.message)
    t.is((await openingError(dir)).code, code, 'the same when it is tried again')
  })
}

test('a store of a plain Corestore copied from elsewhere is refused, with what to do', async (t) => {
  const store = await openStore(t)
  await store.core(crypto.keyPair().publicKey)
  const copy = await crashCopy(t, store.dir)
  const device = path.join('store', 'CORESTORE')
  await fs.promises.copyFile(path.join(store.dir, device), path.join(copy, device))
  const err = await openingError(copy)
  t.is(err.code, 'STORAGE_DENIED')
  t.ok(err.message.includes(copy) && /was copied here/.test(err.message), err.message)
  t.ok(await exists(path.join(copy, 'store', 'db')), 'and nothing was deleted')
})

test(
  'a directory that cannot be made is not taken for a damaged store',
  { skip: process.platform === 'win32' },
  async (t) => {
    const dir = await t.tmp()
    const links: [name: string, to: string][] = [
      ['nowhere', path.join(dir, 'gone', 'disk')],
      ['circle', path.join(dir, 'circle')]
    ]
    for (const [name, to] of links) {
      await fs.promises.symlink(to, path.join(dir, name))
      const err = await openingError(path.join(dir, name))
      t.is(err.code, 'STORAGE_DENIED')
      t.ok(/use another --storage directory/.test(err.message), err.message)
    }
  }
)

test(
  'a directory where the system makes none is told in one sentence, and not tried for ever',
  { skip: process.platform !== 'linux' },
  async (t) => {
    for (const dir of ['/proc/temoin', '/proc/temoin/below']) {
      const err = await openingError(dir)
      t.is(err.code, 'STORAGE_DENIED')
      t.ok(/use another --storage directory/.test(err.message), err.message)
    }
  }
)

function openingError(dir: string): Promise<TemoinError> {
  return refusedOpening(new EvidenceStore({ dir }))
}

async function closedStore(dir: string): Promise<void> {
  const store = new EvidenceStore({ dir })
  await store.ready()
  await store.core(crypto.keyPair().publicKey)
  await store.close()
}

/** A store with all blocks of an author, who is linked and attached. */
async function held(t: Assert) {
  const author = await createAuthor(t)
  await author.append(...blocks(trueBlock, 0, HELD))
  const store = await openStore(t)
  const attempts: Attempt[] = []
  store.on('attempt', (attempt) => attempts.push(attempt))
  const core = await store.core(author.signer)
  fetchAll(core)
  const link = await wire(t, crypto.keyPair(), crypto.keyPair())
  author.core.core.replicator.attachTo(link.a.mux)
  store.attach(core, link.b)
  await caughtUp(core, HELD)
  return { author, store, core, link, attempts }
}
