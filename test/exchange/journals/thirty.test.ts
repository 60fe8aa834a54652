// Thirty devices, each linked with all: what a film costs every one of them beside the film.

import test from 'brittle'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import { made, replicaAt } from '../../replica/held.ts'
import { agree, journalChannels, mesh, says } from './spreading.ts'

const DEVICES = 30
const PATIENCE = { timeoutMs: 120_000 }
/** So slow that nobody asks a second one because thirty in one process are slow to answer. */
const PATIENT = { clock: fastClock(0.2) }

test(
  'in a circle of thirty a film opens a few journals on a link, and all have every line',
  { timeout: 300_000 },
  async (t) => {
    const all = await enrolledWith(t, PATIENT, ...Array<'contact'>(DEVICES - 1).fill('contact'))
    await mesh(t, all)
    const film = all[1]!.film(t)
    await shoot(film, 8, 200)
    await film.stop('stopped')
    const part = film.parts[0]!
    for (const station of all) {
      const held = await replicaAt(station, part.key)
      await eventually(() => held.length === made(part), PATIENCE)
    }
    await eventually(() => all.every(({ circle }) => circle.journals.length === DEVICES), PATIENCE)
    await agree(all, PATIENCE)
    await says(all[2]!)
    await agree(all, PATIENCE)
    const links = DEVICES - 1
    const most = Math.max(...all.map(journalChannels))
    t.ok(most <= 4 * links, `${most} channels of journals on ${links} links`)
  }
)
