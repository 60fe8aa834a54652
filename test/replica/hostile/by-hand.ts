// A member whose end of the link says only what a test says for it: it greets, and replicates nothing.

import type { Assert } from 'brittle'
import type { JournalLength, LiveBlock, Refuse } from '../../../core/encoding/control.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { ControlChannel } from '../../../core/replica/control-channel.ts'
import { eventually } from '../../helpers/eventually.ts'
import { plug } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { wire } from '../../helpers/devices/wire.ts'
import type { Wire } from '../../helpers/devices/wire.ts'

export interface ByHand {
  link: Wire
  channel: ControlChannel
  /** What the other end has signed for. */
  receipts: Receipt[]
  /** What the other end has pushed. */
  blocks: LiveBlock[]
  /** What the other end does not push (any more). */
  refused: Refuse[]
  /** How much the other end has of which journals. */
  journals: JournalLength[]
}

/** Greeted by `honest` when it resolves. */
export async function byHand(t: Assert, member: Station, honest: Station): Promise<ByHand> {
  const link = await wire(t, member.keys.noise, honest.keys.noise)
  plug(honest, link.b)
  const receipts: Receipt[] = []
  const blocks: LiveBlock[] = []
  const refused: Refuse[] = []
  const journals: JournalLength[] = []
  const silent = { onHello() {}, onFollow() {}, onUnfollow() {} }
  const channel = ControlChannel.open(link.a, member.circle.channel, {
    ...silent,
    onRefuse: (refuse) => void refused.push(refuse),
    onBlock: (block) => void blocks.push(block),
    onReceipts: (list) => void receipts.push(...list),
    onFilm() {},
    onRoute() {},
    onRepeated() {},
    onJournals: (lengths) => void journals.push(...lengths),
    onKeysWanted() {},
    onLinesWanted() {},
    onLine() {},
    onClose() {}
  })!
  channel.sayHello({ wallMs: Date.now(), heads: [], peers: [], room: 'open' })
  await eventually(() => honest.exchange.peers.some((peer) => peer.link === link.b))
  return { link, channel, receipts, blocks, refused, journals }
}
