// `temoin export`: the evidence package of a film, all its parts together.

import { writePackage } from '../../../core/evidence/write/write-package.ts'
import type { WrittenPackage } from '../../../core/evidence/write/write-package.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Device } from '../../../core/device.ts'
import { findStray } from '../../facts/strays.ts'
import { factsOf, recordingsOf } from '../../../core/device/facts/recordings.ts'
import { findRecording } from '../../facts/recordings.ts'
import type { RecordingFacts } from '../../../core/device/facts/recordings.ts'
import { goesOnFrom, partsOfFilm } from '../../../core/device/facts/film-parts.ts'
import { packageParts } from '../../../core/device/facts/package-parts.ts'
import { withDevice } from '../../open-device.ts'
import { countText, keyText, rounded, timeText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const exportPackage: Verb = {
  path: 'export',
  summary: 'Write the evidence package of a film: its media, its proof, its receipts',
  args: [
    ['<recording>', 'Its key, or the first letters of it ("temoin list")'],
    ['<dir>', 'A folder that does not exist yet']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, out } = invocation
  await withDevice(invocation, { offline: true }, async (device) => {
    const wanted = args['recording']!
    const known = circleRecording(device, wanted)
    if (known === null) return exportStray(invocation, device, wanted)
    const { exchange, replica } = known
    const all = recordingsOf(device, [exchange])
    const film = partsOfFilm(factsOf(device, exchange, replica), all)
    const parts = await packageParts(
      exchange,
      film.map((part) => part.replica)
    )
    const written = await writePackage({
      dir: args['dir']!,
      parts,
      onProgress: ({ part, parts, blocks, ofBlocks }) =>
        out.progress(`part ${part} of ${parts}: block ${blocks} of ${ofBlocks}`)
    })
    tell(invocation, film, written)
    sayWhatElse(invocation, film, all)
  })
}

/** Null where no circle here tells of it, and it may yet lie in the store. */
function circleRecording(device: Device, wanted: string): ReturnType<typeof findRecording> | null {
  try {
    return findRecording(device, wanted)
  } catch (err) {
    if (TemoinError.is(err, 'RECORDING_UNKNOWN')) return null
    throw err
  }
}

async function exportStray(
  { args, out }: Invocation,
  device: Device,
  wanted: string
): Promise<void> {
  const stray = await findStray(device, wanted)
  if (stray === null) return void findRecording(device, wanted) // which says that there is none
  const dir = args['dir']!
  const written = await device.strays.export(stray.key, (source) =>
    writePackage({ dir, parts: [source] })
  )
  const key = keyText(stray.key)
  const { seconds, files } = written
  out.event('exported', { dir, recording: key, parts: [key], seconds: rounded(seconds), files })
  out.say(`${timeText(seconds)} of film: ${written.dir}`)
  out.note('The receipts of other holders are not in it: this device remembers no circle of it')
}

function tell({ out }: Invocation, film: RecordingFacts[], written: WrittenPackage): void {
  const { dir, seconds, files } = written
  const keys = film.map(({ replica }) => keyText(replica.key))
  out.event('exported', { dir, recording: keys[0], parts: keys, seconds: rounded(seconds), files })
  out.say(`${timeText(seconds)} of film in ${countText(film.length, 'part')}: ${dir}`)
  for (const name of files.filter((file) => file.startsWith('media/'))) out.say(`  ${name}`)
  out.say(`Check it with "temoin verify", or as VERIFY.txt in it says`)
}

/** What a court would ask for next. */
function sayWhatElse({ out }: Invocation, film: RecordingFacts[], all: RecordingFacts[]): void {
  const last = film.at(-1)!
  const { end } = last.replica
  if (end === null) out.note('The film has no seal: its author was cut off, or films still')
  else if (last.length < end)
    out.note(`${countText(end - last.length, 'block')} of it are not here yet`)
  const next = goesOnFrom(last, all)
  if (next) out.note(`Its author filmed on in ${keyText(next.replica.key)}: export that as well`)
}
