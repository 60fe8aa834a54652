// Thirty devices, each linked with all: what a film costs every one of them beside the film.

import b4a from 'b4a'
import test from 'brittle'
import { FIRST_WRITERS } from '../../../core/exchange/receipts/who-writes.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { SkippingClock } from '../../helpers/devices/skipping-clock.ts'
import { enrolledWith } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { made, replicaAt } from '../../replica/held.ts'
import { agree, journalChannels, mesh, says } from './spreading.ts'

const DEVICES = 30
const PATIENCE = { timeoutMs: 120_000 }
const HALF_A_MINUTE_MS = 30_000
const TEN_MINUTES_MS = 600_000

test(
  'in a circle of thirty twelve write down first that they hold a film, and all have every line in the end',
  { timeout: 300_000 },
  async (t) => {
    // so slow that nobody asks a second one because thirty in one process are slow to answer
    const clock = new SkippingClock(0.2)
    const all = await enrolledWith(t, { clock }, ...Array<'contact'>(DEVICES - 1).fill('contact'))
    await mesh(t, all)
    const film = all[1]!.film(t)
    await shoot(film, 8, 200)
    await film.stop('stopped')
    const part = film.parts[0]!
    for (const station of all) {
      const held = await replicaAt(station, part.key)
      await eventually(() => held.length === made(part), PATIENCE)
    }
    clock.skip(HALF_A_MINUTE_MS) // who was late waited for what else comes
    await eventually(() => all.filter(hasSigned).length === FIRST_WRITERS, PATIENCE)
    await agree(all, PATIENCE)
    await says(all[2]!)
    await agree(all, PATIENCE)
    t.is(all.filter(hasSigned).length, FIRST_WRITERS, 'the others have not written yet')
    const links = DEVICES - 1
    const most = Math.max(...all.map(journalChannels))
    t.ok(most <= 4 * links, `${most} channels of journals on ${links} links`)
    clock.skip(TEN_MINUTES_MS)
    await eventually(() => all.filter(hasSigned).length === DEVICES - 1, PATIENCE)
    await agree(all, PATIENCE)
  }
)

/** It has written into its own journal that it holds a film. */
function hasSigned({ circle, keys }: Station): boolean {
  return circle.lines.some(
    ({ entry, device }) => entry.kind === 'receipts' && b4a.equals(device, keys.device)
  )
}
