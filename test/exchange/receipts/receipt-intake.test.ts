import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { Receipt, ReceiptBody } from '../../../core/encoding/recording/receipt.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { makeReceipt } from '../../../core/replica/receipts/receipts.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { Forger } from '../../replica/hostile/forger.ts'
import { blocksOf, reaches, replicaAt } from '../../replica/held.ts'
import { holdFlushes } from '../../replica/hold-flushes.ts'

const LENGTH = 6

interface Case {
  name: string
  /** What `liar` sends in place of its honest receipt. */
  forge: (facts: Facts) => Receipt
}

interface Facts {
  liar: Station
  forger: Forger
  honest: Receipt
}

/** Made anew from changed fields, and signed properly by whoever claims it. */
function signed({ liar, honest }: Facts, changes: Partial<Receipt>, keys = liar.keys): Receipt {
  return makeReceipt(keys, bodyOf({ ...honest, ...changes }))
}

function bodyOf(receipt: Receipt): Omit<ReceiptBody, 'holder'> {
  const { recording, fork, length, treeHash, authorSignature } = receipt
  const { heldSinceMs, atMs, flushed } = receipt
  return { recording, fork, length, treeHash, authorSignature, heldSinceMs, atMs, flushed }
}

const FORGED: Case[] = [
  { name: 'blocks that were not flushed', forge: (f) => signed(f, { flushed: false }) },
  { name: 'another fork', forge: (f) => signed(f, { fork: 1 }) },
  {
    name: 'a tree its author did not sign',
    forge: (f) => signed(f, { treeHash: b4a.alloc(32, 1) })
  },
  {
    name: 'more blocks than its author signed',
    forge: (f) => signed(f, { length: LENGTH + 1 })
  },
  {
    name: 'a tree nobody signed, and says so',
    forge: (f) => signed(f, { treeHash: b4a.alloc(32, 1), authorSignature: null })
  },
  {
    name: 'blocks that are not there yet, unsigned',
    forge: (f) => signed(f, { length: 99, authorSignature: null })
  },
  {
    name: 'a holder that signed nothing',
    forge: ({ honest }) => ({ ...honest, signature: b4a.alloc(64) })
  },
  {
    name: 'a later length than its holder signed',
    forge: ({ honest }) => ({ ...honest, length: 99 })
  },
  {
    name: 'a device that is no member',
    forge: (f) => signed(f, {}, new DeviceKeys(randomBytes(32)))
  },
  {
    name: 'another recording',
    forge: ({ honest, forger }) => ({ ...honest, recording: forger.key })
  },
  {
    name: 'another recording, signed anew',
    forge: (f) => signed(f, { recording: f.forger.key })
  }
]

test('only a receipt that a member signed, for bytes on its disk that the author signed, counts', async (t) => {
  const { author, liar, replicas, forger, honest } = await filmed(t)
  const { channel } = liar.exchange.peerOf(author.keys.device)!
  for (const { name, forge } of FORGED) {
    channel!.sendReceipts([forge({ liar, honest, forger })])
    await told(author, liar)
    for (const replica of replicas) {
      const strangers = replica.receipts.all().filter(({ holder }) => !isOwn(author, holder))
      t.alike(strangers, [], 'not for ' + name)
    }
  }
  channel!.sendReceipts([honest])
  await eventually(() => replicas[0]!.receipts.of(liar.keys.device))
  t.pass('the honest one does')
})

test('a receipt in mid catch-up, without its author’s signature, counts where our own tree agrees', async (t) => {
  const { author, liar, replicas, honest } = await filmed(t)
  const core = replicas[0]!.core!
  const changes = { length: 3, treeHash: await core.treeHash(3), authorSignature: null }
  const body = bodyOf({ ...honest, ...changes })
  liar.exchange.peerOf(author.keys.device)!.channel!.sendReceipts([makeReceipt(liar.keys, body)])
  const kept = await eventually(() => replicas[0]!.receipts.of(liar.keys.device))
  t.is(kept!.length, 3)
})

test('a shorter receipt does not replace a longer one of the same holder', async (t) => {
  const { author, liar, replicas, honest } = await filmed(t)
  const { channel } = liar.exchange.peerOf(author.keys.device)!
  channel!.sendReceipts([honest])
  await eventually(() => replicas[0]!.receipts.of(liar.keys.device))
  const treeHash = await replicas[0]!.core!.treeHash(2)
  const body = bodyOf(honest)
  channel!.sendReceipts([
    makeReceipt(liar.keys, { ...body, length: 2, treeHash, authorSignature: null })
  ])
  await told(author, liar)
  t.is(replicas[0]!.receipts.of(liar.keys.device)!.length, LENGTH)
})

test('an author counts a holder once the blocks are on that holder’s disk, and not before', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const release = holdFlushes(t, holder)
  await connect(t, author, holder)
  const forger = new Forger()
  const replica = await forger.film(author)
  for (const block of forger.history(values('film'))) await replica.publish(block)
  const held = await replicaAt(holder, forger.key)
  await reaches(held, LENGTH)
  await told(author, holder)
  t.is(replica.receipts.of(holder.keys.device), null, 'held in a cache is not held')
  release()
  const receipt = await eventually(() => replica.receipts.of(holder.keys.device))
  t.is(receipt!.length, LENGTH)
})

interface Filmed {
  author: Station
  liar: Station
  /** The author's replicas: of the film, and of another. */
  replicas: Replica[]
  /** The author of the other. */
  forger: Forger
  /** What `liar` could truthfully say of the film. */
  honest: Receipt
}

/** A film that a member knows, but has never acknowledged: it has blocks, and a disk that never flushes. */
async function filmed(t: Assert): Promise<Filmed> {
  const [author, liar] = await enrolled(t, 'contact')
  holdFlushes(t, liar)
  await connect(t, author, liar)
  const film = new Forger()
  const other = new Forger()
  const replicas = [await film.film(author), await other.film(author)]
  for (const block of film.history(values('film'))) await replicas[0]!.publish(block)
  for (const block of other.history(values('other'))) await replicas[1]!.publish(block)
  const honest = makeReceipt(liar.keys, {
    recording: film.key,
    fork: 0,
    length: LENGTH,
    treeHash: film.treeHash(await blocksOf(replicas[0]!)),
    authorSignature: film.history(values('film')).at(-1)!.signature,
    heldSinceMs: 1,
    atMs: 2,
    flushed: true
  })
  return { author, liar, replicas, forger: other, honest }
}

/** Resolves once `to` has read everything that `from` has said so far on their link. */
async function told(to: Station, from: Station): Promise<void> {
  const peer = to.exchange.peerOf(from.keys.device)!
  const { full } = peer
  from.isFull = !full
  from.exchange.sayHelloToAll()
  await eventually(() => peer.full !== full)
}

function values(of: string): Uint8Array[] {
  return Array.from({ length: LENGTH }, (_, i) => b4a.from(of + ', block ' + i))
}

function isOwn({ keys }: Station, device: Uint8Array): boolean {
  return b4a.equals(keys.device, device)
}
