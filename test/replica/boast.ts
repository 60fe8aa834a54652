// A member that opens a recording's channel, announces a thousand blocks, and never answers a request.

import type { Assert } from 'brittle'
import Corestore from 'corestore'
import type { CorePeer } from 'hypercore'
import type Protomux from 'protomux'
import { manifestOf } from '../../core/encoding/core-key.ts'
import type { Replica } from '../../core/replica/replica.ts'

const BLOCKS = 1000
const SYNC = {
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
  core.on('peer-add', (peer: CorePeer) => {
    const open = peer as any
    const sync = (remoteLength: number): void =>
      open.wireSync.send({ ...SYNC, length: BLOCKS, remoteLength })
    open.onrequest = () => {}
    open.sendSync = () => {}
    open.onsync = ({ length }: { length: number }) => sync(length)
    sync(0)
    open.wireRange.send({ drop: false, start: 0, length: BLOCKS })
  })
  core.core.replicator.attachTo(mux)
}
