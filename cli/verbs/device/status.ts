// `temoin status`: this device at a glance, and what is not safe yet.

import type { Circle } from '../../../core/circle/circle.ts'
import type { Member } from '../../../core/circle/roster.ts'
import type { Device } from '../../../core/device.ts'
import { VERSION } from '../../../core/version.ts'
import { gathered } from '../../../core/device/facts/alarms.ts'
import { alarmFields, alarmText, timesText } from '../../facts/alarms.ts'
import { historyFields, historyRow } from '../../facts/history.ts'
import { circleNameOf, nameOf } from '../../../core/device/facts/names.ts'
import { isEverybodyHere, presenceFields, presencesOf, presenceText } from '../../facts/presence.ts'
import {
  factsOf,
  isSafeElsewhere,
  lookAt,
  recordingsOf
} from '../../../core/device/facts/recordings.ts'
import type { RecordingFacts } from '../../../core/device/facts/recordings.ts'
import { standingFields, standingText } from '../../facts/standing.ts'
import { straysText } from '../../facts/strays.ts'
import { withDevice } from '../../open-device.ts'
import { plain } from '../../output/printable.ts'
import { table } from '../../output/table.ts'
import { atText, bytesText, countText, keyText, rounded, timeText } from '../../output/units.ts'
import { waitMsOf } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const status: Verb = {
  path: 'status',
  summary: 'Show this device, its circles, what it holds and what is not safe yet',
  flags: [['--wait <seconds>', 'How long to look who is online; 0 for not at all (default 0)']],
  run
}

interface Held {
  recordings: RecordingFacts[]
  /** Filmed here, and nowhere else as a whole. */
  notSafe: RecordingFacts[]
  bytes: number
  /** Recordings in the store that no circle here tells of. */
  unknown: number
}

/** Shown to people; programs are told all that are kept. */
const MAX_ALARMS = 10
/** Of each circle: what was said last of who belongs. `circle show` has all of it. */
const LAST_SAID = 3
/** Recordings whose receipts are checked in one go. */
const AT_ONCE = 64

async function run(invocation: Invocation): Promise<void> {
  const { flags, stop } = invocation
  const waitMs = waitMsOf(flags, 0, 600)
  await withDevice(invocation, { offline: waitMs === 0 }, async (device) => {
    await stop.until(() => device.circles.every((one) => isEverybodyHere(device, one)), waitMs)
    const recordings = recordingsOf(device, device.circles)
    const notSafe = await readNotSafe(device, recordings)
    const bytes = await bytesHeld(device)
    const unknown = (await device.strays.list(device.circles)).length
    const held = { recordings, notSafe, bytes, unknown }
    tell(invocation, device, held)
    sayAll(invocation, device, held)
  })
}

function tell(
  { out, settings }: Invocation,
  device: Device,
  { recordings, notSafe, bytes, unknown }: Held
): void {
  out.event('status', {
    device: keyText(device.key),
    name: device.name,
    storage: settings.storage,
    version: VERSION,
    full: device.isFull,
    circles: device.circles.map(({ circle }) => ({
      circle: keyText(circle.id),
      name: circle.name,
      role: circle.roster.active(device.key)?.role ?? null,
      members: membersOf(circle).length,
      ...standingFields(circle, device.key),
      lastSaid: circle.roster.history.slice(-LAST_SAID).map(historyFields)
    })),
    held: {
      recordings: recordings.filter(({ length }) => length > 0).length,
      sealed: recordings.filter(({ sealed }) => sealed).length,
      bytes,
      unknown
    },
    interrupted: interrupted(device).map(keyText),
    presence: device.circles.flatMap((exchange) =>
      presencesOf(device, exchange).map((member) => ({
        circle: keyText(exchange.circle.id),
        ...presenceFields(member)
      }))
    ),
    alarms: device.circles.flatMap((exchange) =>
      exchange.alarms.all.map((alarm) => alarmFields(alarm, exchange))
    ),
    notSafe: notSafe.map(({ replica, length, seconds, holders }) => ({
      recording: keyText(replica.key),
      length,
      seconds: seconds === null ? null : rounded(seconds),
      safeLength: Math.max(0, ...holders.map((holder) => holder.length))
    }))
  })
}

function sayAll(
  { out, settings }: Invocation,
  device: Device,
  { recordings, notSafe, bytes, unknown }: Held
): void {
  out.say(`${plain(device.name) || 'a device without a name'}  ${keyText(device.key)}`)
  out.say(
    table([
      ['storage', settings.storage],
      ...device.circles.map((exchange) => circleRow(device, exchange))
    ])
  )
  const held = recordings.filter(({ length }) => length > 0)
  sayPresence(out, device)
  sayLast(out, device)
  out.say(`Holds ${countText(held.length, 'recording')}, ${bytesText(bytes)}`)
  if (unknown > 0) out.note(straysText(unknown))
  if (device.isFull) out.say('The disk is full: nothing new is taken until there is room')
  sayAlarms(out, device)
  if (notSafe.length > 0) {
    out.say('Not safe yet, since no other device is known to have all of it:')
    out.say(table(notSafe.map(notSafeRow)))
    out.say('Keep this device on with "temoin hold" until somebody has it')
  } else if (held.some(({ own }) => own)) {
    out.say('Everything filmed here is held by another device as well')
  }
}

/** Those who are here, who lack some of what is filmed now, or who will delete what they hold. */
function sayPresence(out: Invocation['out'], device: Device): void {
  const rows = device.circles.flatMap((exchange) =>
    presencesOf(device, exchange)
      .filter((one) => one.online || one.behind.length > 0 || one.leavesAtMs !== null)
      .map((member) => [nameOf(exchange.circle, member.device), presenceText(member)])
  )
  if (rows.length > 0) out.say(table(rows))
}

/** Nobody looks at the list every day: who was let in or cut off stands here as well. */
function sayLast(out: Invocation['out'], device: Device): void {
  const rows = device.circles.flatMap(({ circle }) =>
    circle.roster.history.slice(-LAST_SAID).map((entry) => historyRow(circle, entry))
  )
  if (rows.length === 0) return
  out.say('Said last of who belongs ("temoin circle show" has all of it):')
  out.say(table(rows))
}

function sayAlarms(out: Invocation['out'], device: Device): void {
  const rows = gathered(device.circles, MAX_ALARMS).map(({ alarm, exchange, times }) => [
    atText(alarm.atMs),
    alarmText(alarm, exchange) + timesText(times)
  ])
  if (rows.length === 0) return
  out.say('Alarms:')
  out.say(table(rows))
}

function circleRow(device: Device, { circle }: Device['circles'][number]): string[] {
  const standing = standingText(circle, device.key)
  const count = countText(membersOf(circle).length, 'member')
  return ['circle', `${circleNameOf(circle)}: ${count}; here: ${standing}`]
}

function membersOf({ roster }: Circle): Member[] {
  return roster.members.filter(({ state }) => state === 'active')
}

function notSafeRow({ replica, length, seconds, holders }: RecordingFacts): string[] {
  const best = Math.max(0, ...holders.map((holder) => holder.length))
  return [
    atText(replica.announced.startedAtMs),
    seconds === null ? countText(length, 'block') : timeText(seconds),
    best === 0
      ? 'nobody is known to have any of it'
      : `others have ${best} of ${countText(length, 'block')}`,
    keyText(replica.key)
  ]
}

/**
 * Of those alone the seconds are shown. A few at a time: who has filmed thousands has several receipts
 * for each, and they are let go of meanwhile.
 */
async function readNotSafe(device: Device, all: RecordingFacts[]): Promise<RecordingFacts[]> {
  const found: RecordingFacts[] = []
  for (const [i, facts] of all.filter(({ own, length }) => own && length > 0).entries()) {
    if (!isSafeElsewhere(facts)) found.push(facts)
    else if (facts.replica.core === null) facts.replica.letGoOfReceipts()
    if (i % AT_ONCE === 0) await new Promise<void>((resolve) => void setTimeout(resolve, 0))
  }
  await lookAt(found.map(({ replica }) => replica))
  return found.map(({ exchange, replica }) => factsOf(device, exchange, replica))
}

async function bytesHeld(device: Device): Promise<number> {
  const each = await Promise.all(device.circles.map((exchange) => exchange.heldBytes()))
  return each.reduce((sum, bytes) => sum + bytes, 0)
}

function interrupted(device: Device) {
  return device.circles
    .map((exchange) => device.interrupted(exchange)?.key ?? null)
    .filter((key) => key !== null)
}
