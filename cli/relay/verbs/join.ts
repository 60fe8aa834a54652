// `temoin-relay join`: redeems an invite for a relay, and no other: a device that could read has no place on
// a machine that is always on and far away.

import type { Invite } from '../../../core/encoding/pairing/invite.ts'
import { TemoinError } from '../../../core/errors.ts'
import { shortKey } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { join as joinVerb, joinWith } from '../../verbs/circle/join.ts'
import type { JoinWords } from '../../verbs/circle/join.ts'
import type { RelaySettings } from '../settings.ts'

export const join: Verb<RelaySettings> = {
  ...joinVerb,
  summary: 'Become a relay of a circle, by an invite',
  run
}

const WORDS: JoinWords = {
  next: 'Start it with "temoin-relay run"; where it is a service, start that',
  hold: 'temoin-relay run',
  circleName: ({ id }) => shortKey(id) // as all other verbs name it here
}

async function run(invocation: Invocation<RelaySettings>): Promise<void> {
  const flags = { ...invocation.flags, name: invocation.flags['name'] ?? 'relay' }
  await joinWith({ ...invocation, flags }, WORDS, assertForRelay)
}

function assertForRelay({ role }: Invite): void {
  if (role === 'relay') return
  throw new TemoinError(
    'BAD_INPUT',
    `This invite is for a ${role}, who can read films: ask for one made with "temoin invite --role relay"`
  )
}
