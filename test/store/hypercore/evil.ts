// Whoever has a recording's signing key, at its worst: stock Hypercore on a store without our guard,
// appending, truncating and rewriting as it likes. And the honest author of the same key beside it.

import b4a from 'b4a'
import Corestore from 'corestore'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { manifestOf } from '../../../core/encoding/core-key.ts'

/** Blocks everyone holds before an attack. */
export const HELD = 20

export interface Author {
  core: Hypercore
  /** The key that signs its blocks. */
  signer: Uint8Array
  store: Corestore
  append(...blocks: Uint8Array[]): Promise<void>
  truncate(length: number, fork?: number): Promise<void>
}

/** Writes the core of `pair`; several may have one key, each with its own history. */
export async function createAuthor(t: Assert, pair: KeyPair = crypto.keyPair()): Promise<Author> {
  const store = new Corestore(await t.tmp())
  t.teardown(() => store.close())
  const core = store.get({ manifest: manifestOf(pair.publicKey) })
  await core.ready()
  return {
    core,
    signer: pair.publicKey,
    store,
    append: async (...blocks) => void (await core.append(blocks, { keyPair: pair })),
    truncate: (length, fork) =>
      core.truncate(length, { keyPair: pair, ...(fork === undefined ? {} : { fork }) })
  }
}

export function trueBlock(index: number): Uint8Array {
  return b4a.from('what was filmed, second ' + index)
}

export function falseBlock(index: number): Uint8Array {
  return b4a.from('nothing to see here, second ' + index)
}

export function blocks(of: (index: number) => Uint8Array, from: number, to: number): Uint8Array[] {
  return Array.from({ length: to - from }, (_, i) => of(from + i))
}

export interface Attack {
  name: string
  /** What the holder must report; null where nothing tells the histories apart yet. */
  kind: 'fork-offer' | 'rival-history' | null
  /** Makes the evil core, which begins empty. */
  prepare(evil: Author): Promise<void>
}

async function honestly(evil: Author): Promise<void> {
  await evil.append(...blocks(trueBlock, 0, HELD))
}

function forked(name: string, keep: number, rewrite: number, fork?: number): Attack {
  return {
    name,
    kind: 'fork-offer',
    async prepare(evil) {
      await honestly(evil)
      await evil.truncate(keep, fork)
      if (rewrite > 0) await evil.append(...blocks(falseBlock, keep, keep + rewrite))
    }
  }
}

function rival(name: string, same: number, length: number, kind: Attack['kind']): Attack {
  return {
    name,
    kind,
    async prepare(evil) {
      await evil.append(...blocks(trueBlock, 0, same), ...blocks(falseBlock, same, length))
    }
  }
}

export const ATTACKS: Attack[] = [
  forked('truncates to 2', 2, 0),
  forked('truncates to 0', 0, 0),
  forked('truncates to 5 and writes a longer history', 5, 20),
  forked('truncates to 5 and writes a shorter history', 5, 5),
  forked('truncates to 5 and writes a history as long', 5, 15),
  forked('truncates to 0 and rewrites everything', 0, 20),
  forked('rewrites under fork 7', 0, 25, 7),
  rival('signs a longer rival without a fork', 5, 25, 'rival-history'),
  rival('signs a shorter rival without a fork', 5, 12, 'rival-history'),
  rival('signs a rival as long without a fork', 5, HELD, null),
  rival('signs a rival that has nothing in common', 0, 22, 'rival-history')
]
