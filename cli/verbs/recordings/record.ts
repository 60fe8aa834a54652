// `temoin record`: films a file or a pipe, and shows who has how much of it.

import b4a from 'b4a'
import type { Device } from '../../../core/device.ts'
import type { SealReason } from '../../../core/encoding/recording/entry.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { FIRST_HOPS, MAX_MEMBERS } from '../../../core/limits.ts'
import { EXIT_DONE, EXIT_FAILED } from '../../exit-codes.ts'
import { factsOf } from '../../../core/device/facts/recordings.ts'
import { recordingFields } from '../../facts/recordings.ts'
import type { MediaSource } from '../../film/media-source.ts'
import { isNamedPipe } from '../../film/named-pipe.ts'
import { openSource } from '../../film/open-source.ts'
import { Pace, PACES } from '../../film/pace.ts'
import type { PaceName } from '../../film/pace.ts'
import { FilmReport } from '../../film/report.ts'
import { missingText, summaryText } from '../../film/safety.ts'
import { isSettled } from '../../../core/device/facts/film-holders.ts'
import { shoot } from '../../film/shoot.ts'
import { plain } from '../../output/printable.ts'
import { withDevice } from '../../open-device.ts'
import { isoText, keyText, listText } from '../../output/units.ts'
import { mimeText, oneOf, waitMsOf, wholeNumber } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

/** A holder writes its receipts down as soon as it has the seal; who gives much time gives some of it to that. */
const JOURNAL = { leastMs: 3000, share: 1 / 5 }

export const record: Verb = {
  path: 'record',
  summary: 'Film: from a file, or from stdin',
  args: [['[file]', 'Fragmented MP4 or WebM; - or nothing for stdin']],
  flags: [
    ['--circle <circle>', 'Which circle, where this device is in several'],
    [
      '--pace <pace>',
      'live: as fast as it plays (files); fast: as fast as it comes (stdin, pipes)'
    ],
    ['--media <mime>', 'What the source says it is, where its bytes do not tell'],
    ['--keep-readable', 'Keep a key for this device too, so that it can play what it filmed'],
    ['--first-hops <n>', 'How many members to upload to; the others have it from them (default 2)'],
    ['--wait <seconds>', 'How long to hand on the rest after the end (default 15)']
  ],
  run
}

async function run(invocation: Invocation): Promise<number> {
  const { args, flags, out } = invocation
  out.onUnread = () => {} // a film does not end because nobody listens to what is said of it
  const input = args['file'] ?? '-'
  const usual: PaceName = input === '-' || (await isNamedPipe(input)) ? 'fast' : 'live'
  const pace = new Pace(oneOf('--pace', String(flags['pace'] ?? usual), PACES))
  const waitMs = waitMsOf(flags, 15, 86_400)
  const hops = flags['firstHops'] ?? String(FIRST_HOPS)
  const firstHops = wholeNumber('--first-hops', String(hops), { min: 1, max: MAX_MEMBERS })
  const mime = flags['media'] && mimeText('--media', String(flags['media']))
  const source = await openSource(input, mime, out)
  try {
    return await withDevice(invocation, {}, async (device) => {
      const exchange = device.circle(flags['circle'] as string | undefined)
      tellInterrupted(invocation, device, exchange)
      const reason = await make(invocation, device, exchange, { source, pace, waitMs, firstHops })
      return reason === 'storage-full' ? EXIT_FAILED : EXIT_DONE
    })
  } finally {
    source.close()
  }
}

/** A film that an earlier run left without its end: said before the next one begins. */
function tellInterrupted({ out }: Invocation, device: Device, exchange: Exchange): void {
  const replica = device.interrupted(exchange)
  if (replica === null) return
  const facts = factsOf(device, exchange, replica)
  out.event('interrupted', recordingFields(facts))
  const holders = facts.holders.filter((holder) => holder.length > 0).map(({ name }) => name)
  const where =
    holders.length === 0
      ? 'nobody is known to have any of it yet'
      : `${listText(holders)} hold of it what they signed for`
  const when = isoText(replica.announced.startedAtMs)
  out.note(
    `The film of ${when} (${keyText(replica.key)}) was cut off: ${where}. This one goes on from it`
  )
}

interface Shooting {
  source: MediaSource
  pace: Pace
  waitMs: number
  firstHops: number
}

/** The film from its first frame to the last word about it. */
async function make(
  invocation: Invocation,
  device: Device,
  exchange: Exchange,
  { source, pace, waitMs, firstHops }: Shooting
): Promise<SealReason> {
  const { out, stop, flags } = invocation
  const keepReadable = flags['keepReadable'] === true
  const film = device.film(exchange, { keepReadable, firstHops })
  const report = new FilmReport({ device, exchange, film, out })
  film.on('trouble', (err) => void out.failure(err))
  device.on('full', () => tellFull(invocation, device))
  if (device.isFull) tellFull(invocation, device)
  report.start()
  if (!keepReadable && hasNoOtherReader(device, exchange)) out.note(KEEPS_A_KEY)
  if (source.isWaiting) out.note(`Waiting for media on ${plain(source.name)}; Ctrl-C ends the film`)
  let reason: SealReason = 'interrupted'
  try {
    reason = await shoot(source, film, pace, stop)
  } finally {
    await film.stop(reason)
  }
  const alone = isAlone(device, exchange)
  if (film.parts.length === 0) out.note('Nothing was filmed')
  else await end(invocation, report, { reason, damage: source.damage, waitMs, alone })
  report.stop()
  return reason
}

interface End {
  reason: SealReason
  damage: string | null
  waitMs: number
  /** The circle has no other member. */
  alone: boolean
}

/** Hands on the rest, and has the last word. */
async function end({ out, stop }: Invocation, report: FilmReport, ended: End): Promise<void> {
  const { reason, damage, waitMs, alone } = ended
  if (damage !== null) out.note(`${damage}: recorded up to there`)
  if (reason === 'storage-full') out.note('This disk is full: the film ends here')
  stop.rearm()
  if (!alone) await handOn({ out, stop }, report, waitMs)
  report.stop()
  report.sealed(reason)
  out.say(summaryText(report.seconds, report.holders(), report.ownSeconds))
}

async function handOn(
  { out, stop }: Pick<Invocation, 'out' | 'stop'>,
  report: FilmReport,
  waitMs: number
): Promise<void> {
  await stop.until(() => {
    const holders = report.holders()
    if (isSettled(holders)) return true
    out.progress(`The film is over; ${missingText(report.seconds, holders)}`)
    return false
  }, waitMs)
  // a link that makes way for another is away for a moment
  await stop.until(() => report.isWritten({ byAway: true }), Math.min(waitMs, JOURNAL.leastMs))
  const journalMs = Math.max(JOURNAL.leastMs, JOURNAL.share * waitMs)
  await stop.until(() => report.isWritten(), Math.min(waitMs, journalMs))
}

/** As `Film` does it: what nobody could open would be filmed for nobody. */
function hasNoOtherReader(device: Device, { circle }: Exchange): boolean {
  return circle.roster.readers().every((member) => b4a.equals(member.device, device.key))
}

const KEEPS_A_KEY =
  'Nobody else in this circle can open films, so this device keeps a key to this one: let somebody in first ("temoin invite"), or put the device under a passphrase ("temoin lock")'

function isAlone(device: Device, { circle }: Exchange): boolean {
  return circle.roster.members.every(
    (member) => member.state !== 'active' || b4a.equals(member.device, device.key)
  )
}

function tellFull({ out }: Invocation, device: Device): void {
  out.event('alarm', { kind: 'storage-full', recording: null, device: keyText(device.key) })
  out.note('This disk is nearly full: what is filmed from here on may be with the others only')
}
