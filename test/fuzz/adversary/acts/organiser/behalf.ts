// An organiser who turned speaks for a device that was cut off: says again what that one filmed, what it
// signed for, and whom it accused.

import b4a from 'b4a'
import type { JournalEntry } from '../../../../../core/encoding/journal/journal-entry.ts'
import type { Actor } from '../../actor.ts'
import type { Act, Stage } from '../act.ts'
import { claimed } from './words.ts'

export const behalf: Act = async (stage) => {
  const { world, a, random } = stage
  const out = world.actors.filter((one) => one.revoked && one !== a)
  if (a.station === null || out.length === 0) return false
  const words = wordsOf(stage, random.pick(out))
  if (words.length === 0) return false
  await a.station.circle.say(random.pick(words))
  return true
}

function wordsOf(stage: Stage, about: Actor): JournalEntry[] {
  return [...filmsOf(stage, about), ...receiptsOf(stage, about), ...secondsOf(stage, about)]
}

function filmsOf({ world }: Stage, { keys }: Actor): JournalEntry[] {
  const films = world.truth.all.filter(({ author }) => b4a.equals(author, keys.device))
  return films.slice(-2).map(({ announced }) => {
    const { recording, signer, startedAtMs, previous } = announced
    const attestation = b4a.alloc(64, 1)
    const body = { recording, signer, startedAtMs, previous, attestation }
    return { kind: 'recording-announced', body }
  })
}

function receiptsOf({ world }: Stage, { keys }: Actor): JournalEntry[] {
  const body = world.ledger.of(keys.device).slice(-5)
  return body.length === 0 ? [] : [{ kind: 'receipts', body }]
}

/** Of what accuses nobody honest: that would be two who say so. */
function secondsOf({ world, a, random }: Stage, { keys }: Actor): JournalEntry[] {
  const hostile = world.actors.filter((one) => one.hostile)
  const said = a.station!.circle.roster.history.filter(
    ({ kind, by, about }) =>
      kind === 'member-revoked' &&
      b4a.equals(by, keys.device) &&
      hostile.some((one) => b4a.equals(one.keys.device, about))
  )
  return said.slice(-2).map(({ about: device, journal, index }) => {
    return { kind: 'seconded', body: { device, journal, index, ...claimed(a, random) } }
  })
}
