// A member that says of another's film that it is its own, before that one's word is here.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { RecordingAnnounced } from '../../../core/encoding/journal/journal-entry.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { shoot, shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled, revoke } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { made, reaches, replicaAt } from '../../replica/held.ts'

test('who says of another’s film that it is theirs, and says so first, takes it from nobody', async (t) => {
  const { author, thief, holder, film } = await claimed(t)
  const [part] = film.parts
  const held = await replicaAt(holder, part!.key)
  t.alike(held.announced.author, thief.keys.device, 'until its first block is here')
  await connect(t, author, holder)
  await reaches(held, made(part!))
  await eventually(() => part!.receipts.of(holder.keys.device)?.length === made(part!))
  t.alike(held.announced.author, author.keys.device)
  await shootOn(film, 4, 8)
  await reaches(held, made(part!))
})

test('nor is it over where they say so, nor set apart when they are cut off', async (t) => {
  const { author, thief, holder, film } = await claimed(t)
  const [part] = film.parts
  const recording = part!.key
  const treeHash = new Uint8Array(32)
  const end = { recording, length: 1, treeHash, endedAtMs: 1, reason: 'stopped' as const }
  await thief.circle.say({ kind: 'recording-sealed', body: end })
  const held = await replicaAt(holder, recording)
  await eventually(() => held.end === 1)
  await connect(t, author, holder)
  await reaches(held, made(part!))
  await revoke(author, thief)
  await eventually(() => holder.circle.roster.active(thief.keys.device) === null)
  await shootOn(film, 4, 8)
  await film.stop('stopped')
  await eventually(() => held.sealed && held.length === made(part!))
  t.absent(holder.exchange.isApart(held))
})

test('who is told of a film first by its author believes nobody who claims it later', async (t) => {
  const [author, thief, holder] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, holder)
  await connect(t, thief, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const held = await replicaAt(holder, film.parts[0]!.key)
  await thief.circle.say({ kind: 'recording-announced', body: claimOf(thief, film.parts[0]!) })
  const isHeard = (): boolean =>
    holder.circle.lines.some(
      ({ device, entry }) =>
        b4a.equals(device, thief.keys.device) && entry.kind === 'recording-announced'
    )
  await eventually(isHeard)
  await shootOn(film, 4, 8)
  await reaches(held, made(film.parts[0]!))
  t.alike(held.announced.author, author.keys.device)
})

/** A film that runs; a member that knows of it has told a holder, who is not linked with its author, that it is its own. */
async function claimed(t: Assert) {
  const [author, thief, holder] = await enrolled(t, 'contact', 'contact')
  const film = author.film(t)
  await shoot(film, 4)
  const { channel } = await byHand(t, thief, holder)
  channel.tellFilm(claimOf(thief, film.parts[0]!))
  await replicaAt(holder, film.parts[0]!.key)
  await connect(t, thief, holder)
  return { author, thief, holder, film }
}

function claimOf(thief: Station, { announced }: Replica): RecordingAnnounced {
  const { recording, signer, startedAtMs, previous } = announced
  const claim = { circle: thief.circle.id, core: recording, startedAtMs, previous }
  const attestation = thief.keys.attest({ kind: 'recording', ...claim })
  return { recording, signer, startedAtMs, previous, attestation }
}
