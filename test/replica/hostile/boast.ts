// A member that opens a recording's channel, announces a thousand blocks, and never answers a request.

import type { Assert } from 'brittle'
import Corestore from 'corestore'
import type { CorePeer } from 'hypercore'
import type Protomux from 'protomux'
import { manifestOf } from '../../../core/encoding/core-key.ts'
import type { Replica } from '../../../core/replica/replica.ts'

const BLOCKS = 1000
/** What a stock peer says of a core when it is asked for the first time; the length is the lie. */
export const SYNC = {
  fork: 0,
  canUpgrade: true,
  uploading: true,
  downloading: true,
  hasManifest: true,
  allowPush: false
}

/** @param mux the boaster's end of its link */
export async function boast(t: Assert, part: Replica, mux: Protomux): Promise<void> {
  const store = new Corestore(await t.tmp())
  t.teardown(() => store.close())
  const core = store.get({ manifest: manifestOf(part.announced.signer) })
  await core.ready()
  core.on('peer-add', (peer: CorePeer) => claimMuch(peer, BLOCKS))
  core.core.replicator.attachTo(mux)
}

/** Announces so many blocks, and never gives one. */
export function claimMuch(peer: any, length: number): void {
  const sync = (remoteLength: number): void => peer.wireSync.send({ ...SYNC, length, remoteLength })
  peer.onrequest = () => {}
  peer.sendSync = () => {}
  peer.onsync = (said: { length: number }) => sync(said.length)
  sync(0)
  peer.wireRange.send({ drop: false, start: 0, length })
}
