// `temoin watch`: the media itself on stdout, for a player: the init segment, then fragments, from the
// start or near a moment, live until the recording ends and on into the parts that follow.

import b4a from 'b4a'
import type { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import { factsOf, recordingsOf } from '../../../core/device/facts/recordings.ts'
import { findRecording } from '../../facts/recordings.ts'
import type { RecordingFacts } from '../../../core/device/facts/recordings.ts'
import { goesOnFrom } from '../../../core/device/facts/film-parts.ts'
import { withDevice } from '../../open-device.ts'
import { shortKey, timeText } from '../../output/units.ts'
import { seconds, waitMsOf } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { Player } from '../../watch/player.ts'

export const watch: Verb = {
  path: 'watch',
  summary: 'Write the film to stdout, live or from the start, ready for a player',
  args: [['<recording>', 'Its key, or the first letters of it ("temoin list")']],
  flags: [
    ['--from <seconds>', 'Begin near this moment (default 0)'],
    ['--wait <seconds>', 'How long to wait for its first block to arrive (default 15)']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, flags, out } = invocation
  const from = seconds('--from', String(flags['from'] ?? '0'), { min: 0, max: 1e6 })
  const waitMs = waitMsOf(flags, 15, 1e6)
  out.reserveStdout()
  await withDevice(invocation, {}, async (device) => {
    await known(invocation, device, args['recording']!, waitMs)
    const { exchange, replica } = findRecording(device, args['recording']!)
    await play(invocation, device, factsOf(device, exchange, replica), from, waitMs)
  })
}

/** A recording may have been announced a moment ago, by a member who is just being reached. */
async function known({ stop }: Invocation, device: Device, wanted: string, waitMs: number) {
  await stop.until(() => {
    try {
      findRecording(device, wanted)
      return true
    } catch (err) {
      if (TemoinError.is(err, 'RECORDING_UNKNOWN')) return false
      throw err
    }
  }, waitMs)
}

async function play(
  { out, stop }: Invocation,
  device: Device,
  first: RecordingFacts,
  from: number,
  waitMs: number
): Promise<void> {
  let init: Uint8Array | null = null
  let facts: RecordingFacts | null = first
  for (let at = from; facts !== null && !stop.requested; at = 0) {
    const player = new Player({ facts, out, stop })
    await player.open(waitMs)
    if (init === null || !b4a.equals(init, player.init)) await out.media(player.init)
    init = player.init
    await player.play(at)
    out.endProgress()
    out.note(`${shortKey(facts.replica.key)}: ${timeText(facts.replica.seconds ?? 0)} here`)
    facts = await nextPart(device, facts, stop)
  }
}

/** A film that was rotated goes on in another recording, announced at once. */
async function nextPart(device: Device, facts: RecordingFacts, stop: Invocation['stop']) {
  if (facts.replica.timeline.seal?.reason !== 'rotated') return null
  const find = () => goesOnFrom(facts, recordingsOf(device, [facts.exchange]))
  await stop.until(() => find() !== null, 5000)
  return find()
}
