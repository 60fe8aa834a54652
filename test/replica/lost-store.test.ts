import b4a from 'b4a'
import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { shoot } from '../helpers/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled } from '../helpers/station.ts'
import type { Station } from '../helpers/station.ts'
import { made, reaches, replicaAt } from './held.ts'

test('a holder that lost its store does not count what it had signed for', async (t) => {
  const [author, holder] = (await enrolled(t, 'contact')) as [Station, Station]
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 8)
  await film.stop('stopped')
  const part = film.parts[0]!
  await reaches(await replicaAt(holder, part.key), made(part))
  await eventually(() => author.circle.lines.some((line) => isReceiptOf(holder, line)))
  const again = await withoutStore(t, holder)
  again.isFull = true // so that nothing is fetched
  await connect(t, author, again)
  const replica = await replicaAt(again, part.key)
  await eventually(() => again.circle.lines.some((line) => isReceiptOf(again, line)))
  t.is(replica.receipts.of(again.keys.device), null)
  again.isFull = false
  await eventually(() => replica.receipts.of(again.keys.device)?.length === made(part))
  t.pass('until it has it again')
})

function isReceiptOf({ keys }: Station, { device, entry }: any): boolean {
  return entry.kind === 'receipts' && b4a.equals(device, keys.device)
}

async function withoutStore(t: Parameters<Station['reopen']>[0], station: Station) {
  await station.close()
  await fs.promises.rm(path.join(station.dir, 'store'), { recursive: true })
  return station.reopen(t)
}
