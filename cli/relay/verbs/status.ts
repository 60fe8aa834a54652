// `temoin-relay status` and `temoin-relay circles`: how the relay of this directory is, as it wrote itself a
// moment ago, so that it need not be stopped to be asked.

import { healthOf } from '../../../relay/status/status.ts'
import type { CircleStatus, Health, RelayStatus } from '../../../relay/status/status.ts'
import { EXIT_DONE, EXIT_FAILED } from '../../exit-codes.ts'
import { table } from '../../output/table.ts'
import { bytesText, countText, dayText, isoText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { short } from '../log.ts'
import type { RelaySettings } from '../settings.ts'
import { readStatus } from '../status-file.ts'

const HEALTH: Record<Health, string> = {
  alone: 'In no circle yet: "temoin-relay join <invite>"',
  good: 'All is well',
  filling: 'Room is running out: a larger disk, or a higher quota, is needed soon',
  unlinked:
    'No device has been linked since the start: if somebody is online and this stays, see that the firewall lets UDP through',
  damaged:
    'DAMAGED: the disk changed some of what is held, and it is fetched again from the others; have the disk looked at',
  'not-relay':
    'NOT A RELAY in some circle: if it was invited there as anything else it could read films; have it revoked there and invite it anew, in another directory',
  full: 'FULL: new films are not held here; free some space, or raise the quota'
}

/** Somebody has to do something. What else there is to say needs a look, now and then. */
const FAILING: readonly Health[] = ['full', 'not-relay', 'damaged']

export const status: Verb<RelaySettings> = {
  path: 'status',
  summary: 'Show how the relay is; exit code 1 where it does not run, or something must be done',
  run: showStatus
}

export const circles: Verb<RelaySettings> = {
  path: 'circles',
  summary: 'Show its circles, and what is held of each',
  run: showCircles
}

async function showStatus({ settings, out }: Invocation<RelaySettings>): Promise<number> {
  const { status: now, isRunning } = await readStatus(settings.storage)
  const health = healthOf(now)
  out.event('status', { running: isRunning, health, ...now })
  out.say(isRunning ? HEALTH[health] : 'The relay is not running: "temoin-relay run" starts it')
  out.say(table(rowsOf(now)))
  return isRunning && !FAILING.includes(health) ? EXIT_DONE : EXIT_FAILED
}

async function showCircles({ settings, out }: Invocation<RelaySettings>): Promise<void> {
  const { status: now } = await readStatus(settings.storage)
  for (const one of now.circles) out.event('circle', one)
  if (now.circles.length === 0) out.say(HEALTH.alone)
  else out.say(table(now.circles.map(circleRow)))
}

function rowsOf(now: RelayStatus): string[][] {
  const { usedBytes, capacityBytes, fullInDays, scrub } = now
  const of = capacityBytes === null ? '' : ` of ${bytesText(capacityBytes)}`
  const readAgain = scrub.roundEndedAtMs === null ? 'not yet' : isoText(scrub.roundEndedAtMs)
  const damaged = scrub.damaged === 0 ? '' : `; ${countText(scrub.damaged, 'block')} damaged`
  const full = fullInDays === null ? '' : `, full in ${countText(fullInDays, 'day')} at this rate`
  return [
    ['relay', short(now.device)],
    ['circles', String(now.circles.length)],
    ['linked', countText(now.links, 'device')],
    ['holds', `${bytesText(usedBytes)}${of}${full}`],
    ['read again', readAgain + damaged],
    ...now.circles.map((one) => ['circle', circleRow(one).join('  ')])
  ]
}

function circleRow(one: CircleStatus): string[] {
  const { circle, role, recordings, live, bytes, quotaBytes, room, refused, leavesAtMs } = one
  const limit = quotaBytes === null ? '' : ` of ${bytesText(quotaBytes)}`
  const takes = { open: 'takes all', begun: 'takes what has begun', none: 'FULL' }[room]
  const leaves = leavesAtMs === null ? '' : `, given up from ${dayText(leavesAtMs)} on`
  const notRelay = role === 'relay' ? '' : `, NOT A RELAY there (${role})`
  return [
    short(circle),
    countText(recordings, 'recording') + (live > 0 ? `, ${live} live` : ''),
    bytesText(bytes) + limit,
    takes + (refused > 0 ? `, ${refused} refused` : '') + leaves + notRelay
  ]
}
