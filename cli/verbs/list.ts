// `temoin list`: the recordings this device holds or knows of, oldest first.

import { nameOf } from '../facts/names.ts'
import { apartOf, lookAt, recordingFields, recordingsOf } from '../facts/recordings.ts'
import type { RecordingFacts } from '../facts/recordings.ts'
import { withDevice } from '../open-device.ts'
import { table } from '../output/table.ts'
import { isoText, keyText, timeText } from '../output/units.ts'
import type { Invocation, Verb } from '../verb.ts'

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
    await lookAt(circles.flatMap(({ replicas, apart }) => [...replicas, ...apart]))
    const recordings = recordingsOf(device, circles)
    for (const facts of recordings) out.event('recording', recordingFields(facts))
    const apart = apartOf(device, circles).filter(({ length }) => length > 0)
    for (const facts of apart) {
      out.event('recording', { ...recordingFields(facts), afterRevocation: true })
    }
    if (recordings.length + apart.length === 0) out.say('Nothing is held or known here yet')
    else out.say(table([...recordings.map(rowOf), ...apart.map(apartRowOf)]))
  })
}

function rowOf(facts: RecordingFacts): string[] {
  const { recording, author, startedAtMs } = facts.replica.announced
  const holders = facts.holders.filter(({ length }) => length > 0).length
  return [
    isoText(startedAtMs).slice(0, 19).replace('T', ' '),
    facts.own ? 'this device' : nameOf(facts.exchange.circle, author),
    facts.seconds === null ? `${facts.length} blocks` : timeText(facts.seconds),
    stateText(facts),
    holders === 1 ? '1 other holder' : `${holders} other holders`,
    keyText(recording)
  ]
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
