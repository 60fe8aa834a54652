import test from 'brittle'
import type { JournalLength } from '../../../core/encoding/control.ts'
import { hex } from '../../../core/encoding/hex.ts'
import { Channels } from '../../../core/exchange/journals/channels.ts'
import { Telling } from '../../../core/exchange/journals/telling.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import { agree, says } from './spreading.ts'

test('who comes is told of every journal, also of what it has told of first', async (t) => {
  const all = await enrolled(t, 'contact')
  const [station, other] = all
  await says(other, 3)
  await connect(t, station, other)
  await agree(all)
  const peer = station.exchange.peerOf(other.keys.device)!
  const { readers } = station.circle
  for (const { id, length } of readers.all) peer.journals.note(id, length)

  const told: string[] = []
  peer.channel!.tellJournals = (lengths: JournalLength[]) => {
    told.push(...lengths.map(({ journal, length }) => `${hex(journal)} ${length}`))
  }
  const telling = new Telling({
    journals: readers,
    channels: new Channels(station.store, () => Date.now()),
    isOurs: () => false,
    peers: () => [peer],
    introduce: () => false
  })
  t.teardown(() => telling.close())
  telling.greet(peer)
  t.alike(told.sort(), readers.all.map(({ id, length }) => `${id} ${length}`).sort())
})
