// `temoin list`: the recordings this device holds or knows of, oldest first.

import type { Exchange } from '../../../core/exchange/exchange.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import type { Stray } from '../../../core/device/strays.ts'
import { nameOf } from '../../../core/device/facts/names.ts'
import { readRecordings } from '../../../core/device/facts/recordings.ts'
import { recordingFields } from '../../facts/recordings.ts'
import type { RecordingFacts } from '../../../core/device/facts/recordings.ts'
import { withDevice } from '../../open-device.ts'
import { table } from '../../output/table.ts'
import { atText, keyText, shortKey, timeText } from '../../output/units.ts'
import { strayFields, straysText } from '../../facts/strays.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const list: Verb = {
  path: 'list',
  summary: 'List the recordings held or known here',
  flags: [['--circle <circle>', 'Those of this circle only']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { out, flags } = invocation
  const wanted = flags['circle'] as string | undefined
  await withDevice(invocation, { offline: true }, async (device) => {
    const circles = wanted === undefined ? device.circles : [device.circle(wanted)]
    const rows: string[][] = []
    for await (const facts of readRecordings(device, circles, ({ replicas }) => replicas)) {
      out.event('recording', recordingFields(facts))
      rows.push(rowOf(facts))
    }
    for await (const facts of readRecordings(device, circles, heldApart)) {
      out.event('recording', { ...recordingFields(facts), afterRevocation: true })
      rows.push(apartRowOf(facts))
    }
    const strays = wanted === undefined ? await device.strays.list(device.circles) : []
    for (const stray of strays) {
      out.event('recording', strayFields(stray))
      rows.push(strayRowOf(stray))
    }
    out.say(rows.length === 0 ? 'Nothing is held or known here yet' : table(rows))
    if (strays.length > 0) out.note(straysText(strays.length))
  })
}

/** Made by revoked devices after their revocation: kept, and no member's films. */
function heldApart({ apart }: Exchange): Replica[] {
  return apart.filter(({ length }) => length > 0)
}

function rowOf(facts: RecordingFacts): string[] {
  const { recording, author, startedAtMs } = facts.replica.announced
  const holders = facts.holders.filter(({ length }) => length > 0).length
  return [
    atText(startedAtMs),
    facts.own ? 'this device' : nameOf(facts.exchange.circle, author),
    facts.seconds === null ? `${facts.length} blocks` : timeText(facts.seconds),
    stateText(facts),
    holders === 1 ? '1 other holder' : `${holders} other holders`,
    keyText(recording)
  ]
}

function strayRowOf({ startedAtMs, author, length, key }: Stray): string[] {
  const by = author === null ? 'not readable here' : shortKey(author)
  return [atText(startedAtMs), by, `${length} blocks`, 'in no circle', '', keyText(key)]
}

/** In the place of whether it is whole: who made it may have been anybody. */
function apartRowOf(facts: RecordingFacts): string[] {
  const row = rowOf(facts)
  row[3] = 'made after revocation'
  return row
}

function stateText({ sealed, live, reason, replica }: RecordingFacts): string {
  if (sealed) return reason === null ? 'whole' : `whole, ${reason}`
  if (live) return 'live'
  return replica.end === null ? 'cut off, or not all here' : 'not all here yet'
}
