// `temoin-relay join`: redeems an invite for a relay, and no other: a device that could read has no place on
// a machine that is always on and far away.

import { decodeInvite } from '../../../core/encoding/pairing/invite.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { join as joinVerb, joinWith } from '../../verbs/join.ts'
import type { RelaySettings } from '../settings.ts'

export const join: Verb<RelaySettings> = {
  ...joinVerb,
  summary: 'Become a relay of a circle, by an invite',
  run
}

async function run(invocation: Invocation<RelaySettings>): Promise<void> {
  const url = invocation.args['url']
  if (url !== undefined) assertForRelay(decodeInvite(url).role)
  const flags = { ...invocation.flags, name: invocation.flags['name'] ?? 'relay' }
  await joinWith({ ...invocation, flags }, 'Start it with "temoin-relay run"')
}

function assertForRelay(role: string): void {
  if (role === 'relay') return
  throw new TemoinError(
    'BAD_INPUT',
    `This invite is for a ${role}, who can read films: ask for one made with "temoin invite --role relay"`
  )
}
