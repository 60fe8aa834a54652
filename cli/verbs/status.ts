// `temoin status`: this device at a glance, and what is not safe yet.

import type { Device } from '../../core/device.ts'
import { VERSION } from '../../core/version.ts'
import { circleNameOf } from '../facts/names.ts'
import { isSafeElsewhere, recordingsOf } from '../facts/recordings.ts'
import type { RecordingFacts } from '../facts/recordings.ts'
import { withDevice } from '../open-device.ts'
import { plain } from '../printable.ts'
import { table } from '../table.ts'
import { bytesText, countText, isoText, keyText, rounded, timeText } from '../units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const status: Verb = {
  path: 'status',
  summary: 'Show this device, its circles, what it holds and what is not safe yet',
  run
}

async function run(invocation: Invocation): Promise<void> {
  await withDevice(invocation, { offline: true }, async (device) => {
    const recordings = recordingsOf(device, device.circles)
    const notSafe = recordings.filter(
      (facts) => facts.own && facts.length > 0 && !isSafeElsewhere(facts)
    )
    tell(invocation, device, recordings, notSafe)
    sayAll(invocation, device, recordings, notSafe)
  })
}

function tell(
  { out, settings }: Invocation,
  device: Device,
  recordings: RecordingFacts[],
  notSafe: RecordingFacts[]
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
      members: circle.roster.members.filter(({ revoked }) => revoked === null).length
    })),
    held: {
      recordings: recordings.filter(({ length }) => length > 0).length,
      sealed: recordings.filter(({ sealed }) => sealed).length,
      bytes: bytesOf(recordings)
    },
    interrupted: interrupted(device).map(keyText),
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
  recordings: RecordingFacts[],
  notSafe: RecordingFacts[]
): void {
  out.say(`${plain(device.name)}  ${keyText(device.key)}`)
  out.say(
    table([
      ['storage', settings.storage],
      ...device.circles.map((exchange) => circleRow(device, exchange))
    ])
  )
  const held = recordings.filter(({ length }) => length > 0)
  out.say(`Holds ${countText(held.length, 'recording')}, ${bytesText(bytesOf(recordings))}`)
  if (device.isFull) out.say('The disk is full: nothing new is taken until there is room')
  if (notSafe.length > 0) {
    out.say('Not safe yet, since no other device is known to have all of it:')
    out.say(table(notSafe.map(notSafeRow)))
    out.say('Keep this device on with "temoin hold" until somebody has it')
  } else if (held.some(({ own }) => own)) {
    out.say('Everything filmed here is held by another device as well')
  }
}

function circleRow(device: Device, { circle }: Device['circles'][number]): string[] {
  const active = circle.roster.members.filter(({ revoked }) => revoked === null)
  const role = circle.roster.active(device.key)?.role ?? 'no member'
  return ['circle', `${circleNameOf(circle)}: ${role}, ${countText(active.length, 'member')}`]
}

function notSafeRow({ replica, length, seconds, holders }: RecordingFacts): string[] {
  const best = Math.max(0, ...holders.map((holder) => holder.length))
  return [
    isoText(replica.announced.startedAtMs).slice(0, 19).replace('T', ' '),
    seconds === null ? countText(length, 'block') : timeText(seconds),
    best === 0
      ? 'nobody is known to have any of it'
      : `others have ${best} of ${countText(length, 'block')}`,
    keyText(replica.key)
  ]
}

function bytesOf(recordings: RecordingFacts[]): number {
  return recordings.reduce((sum, { replica }) => sum + (replica.core?.byteLength ?? 0), 0)
}

function interrupted(device: Device) {
  return device.circles
    .map((exchange) => device.interrupted(exchange)?.key ?? null)
    .filter((key) => key !== null)
}
