// `temoin-relay forget`: gives up one circle. Its members are told first, and have the grace period to have
// what is held here held by somebody else.
// Must never: delete before the time its journal has given the members or, unasked, before one has heard of
// it; or take an old notice for a new one.

import b4a from 'b4a'
import type { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { bytesIn, freeBytesOf, path } from '../../../core/runtime/fs.ts'
import { loadLeft } from '../../../core/store/files/left-file.ts'
import type { CircleId } from '../../../core/types/keys.ts'
import { unheardBy } from '../../../relay/heard.ts'
import { forgetCircle, loadMemory } from '../../../relay/memory-file.ts'
import { withDevice } from '../../open-device.ts'
import { bytesText, countText, isoText, keyText, shortKey } from '../../output/units.ts'
import { byPrefix, durationMs } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'
import type { RelaySettings } from '../settings.ts'
import { removeStatus } from '../status-file.ts'

/** For the database itself. */
const SPARE_BYTES = 64 * 1024 * 1024
const DAY_MS = 86_400_000
const USUAL_GRACE = '30d'
/** A phone that was in a drawer for less must have heard of it. */
const GRACE = { min: 7 * DAY_MS, max: 3650 * DAY_MS }

export const forget: Verb<RelaySettings> = {
  path: 'forget',
  summary:
    'Give up a circle: tell its members, and after the grace period delete what is held of it',
  args: [['<circle>', 'Its key, or the first letters: "temoin-relay circles" shows them']],
  flags: [
    ['--grace <time>', `How long the members have from now on (${USUAL_GRACE}, at least 7d)`],
    ['--cancel', 'Stay after all'],
    ['--unheard', 'Delete though no member is known to have heard of it']
  ],
  run
}

interface Gone {
  circle: CircleId
  /** Recordings and journals that another circle has as well. */
  stayed: number
}

async function run(invocation: Invocation<RelaySettings>): Promise<void> {
  const options = { offline: true, again: true }
  const gone = await withDevice(invocation, options, (device) => step(invocation, device))
  if (gone !== null) await finish(invocation, gone)
}

/** @returns the circle, where it is to be deleted now */
async function step(invocation: Invocation<RelaySettings>, device: Device): Promise<Gone | null> {
  const { args, flags, settings } = invocation
  const exchange = circleOf(device, args['circle']!)
  const dueAtMs = exchange.leavesAt(device.key)
  if (flags['cancel'] === true) await cancel(invocation, exchange, dueAtMs)
  else if (dueAtMs === null) await begin(invocation, exchange)
  else if (flags['grace'] !== undefined) throw isSaid(dueAtMs)
  else if (Date.now() < dueAtMs) wait(invocation, exchange, dueAtMs)
  else {
    await assertHeard(invocation, device, exchange)
    await assertRoom(settings.storage, exchange)
    const stayed = await device.leave(exchange)
    return { circle: exchange.circle.id, stayed }
  }
  return null
}

/** Told, a member keeps its own copy, or fetches what only this relay has: untold it counts on what is gone. */
async function assertHeard(
  { flags, out, settings }: Invocation<RelaySettings>,
  device: Device,
  { circle, notice }: Exchange
): Promise<void> {
  const others = circle.roster.members
    .filter(({ state }) => state === 'active')
    .map((member) => member.device)
    .filter((member) => !b4a.equals(member, device.key))
  const { heard } = await loadMemory(settings.storage)
  const unheard = unheardBy(heard, { circle: circle.id, atMs: notice!.atMs }, others)
  if (unheard.length === 0) return
  const names = unheard.map(shortKey).join(', ')
  if (unheard.length === others.length && flags['unheard'] !== true) throw nobodyHeard(names)
  out.note(`Not known to have heard of it: ${names}`)
}

/** What stays is written anew, journals and all, so that nothing of the rest stays in between. */
async function assertRoom(storage: string, exchange: Exchange): Promise<void> {
  const all = await bytesIn(path.join(storage, 'store', 'db'))
  const needed = Math.max(0, all - (await exchange.heldBytes())) + SPARE_BYTES
  const free = await freeBytesOf(storage)
  if (free === null || free >= needed) return
  throw bad(
    `Deleting a circle writes the others anew and takes ${bytesText(needed)} of free space for a while, and there are ${bytesText(free)}: free some, or move this relay to a larger disk`
  )
}

/** Deleting is done while a device opens; what names some of it beside the store goes first. */
async function finish(
  invocation: Invocation<RelaySettings>,
  { circle, stayed }: Gone
): Promise<void> {
  const { out, settings } = invocation
  out.note('Deleting; this may take a while, and goes on where it was if it is stopped')
  await forgetCircle(settings.storage, circle)
  await removeStatus(settings.storage)
  await withDevice(invocation, { offline: true, again: true }, async () => {})
  // the database's own list of files may name keys of it until it is opened once more
  await withDevice(invocation, { offline: true }, async () => {})
  if ((await loadLeft(settings.storage)).some(({ cores }) => cores.length > 0)) throw notAll()
  out.event('forgot', { circle: keyText(circle), stayed })
  if (stayed === 0) return out.say('Nothing of that circle is in the store any more')
  out.say(
    `Of that circle ${countText(stayed, 'core')} (films or journals) stayed, for another circle here has the same; nothing else of it is in the store any more`
  )
}

async function begin({ flags, out }: Invocation<RelaySettings>, exchange: Exchange): Promise<void> {
  const grace = String(flags['grace'] ?? USUAL_GRACE)
  const dueAtMs = Date.now() + durationMs('--grace', grace, GRACE)
  await exchange.sayLeaving(dueAtMs)
  tell(out, exchange, dueAtMs)
  out.say(
    `The members are told as soon as the relay runs: start it again with "temoin-relay run". From ${isoText(dueAtMs)} on, "temoin-relay forget" deletes it; "--cancel" takes it back`
  )
}

async function cancel(
  { out }: Invocation<RelaySettings>,
  exchange: Exchange,
  dueAtMs: number | null
): Promise<void> {
  if (dueAtMs === null)
    throw bad('This relay was not going to forget that circle: nothing to cancel')
  await exchange.sayLeaving(null)
  tell(out, exchange, null)
  out.say('This relay stays: the members are told as soon as it runs')
}

function wait({ out }: Invocation<RelaySettings>, exchange: Exchange, dueAtMs: number): void {
  tell(out, exchange, dueAtMs)
  out.say(`Its members have until ${isoText(dueAtMs)}: nothing is deleted before`)
}

function tell(out: Invocation['out'], { circle }: Exchange, dueAtMs: number | null): void {
  const leavesAt = dueAtMs === null ? null : isoText(dueAtMs)
  out.event('leaving', { circle: keyText(circle.id), leavesAt })
}

function circleOf({ circles }: Device, wanted: string): Exchange {
  const found = byPrefix('A circle', wanted, circles, ({ circle }) => circle.id)
  if (found !== null) return found
  const known = circles.map(({ circle }) => shortKey(circle.id)).join(', ')
  throw new TemoinError(
    'CIRCLE_UNKNOWN',
    `This relay is in no such circle; it is in: ${known || 'none'}`
  )
}

/** Who names a grace period means to give one, not to delete because an earlier one is over. */
function isSaid(dueAtMs: number): TemoinError {
  return bad(
    `The members were told of ${isoText(dueAtMs)} already: leave --grace out to go on, or use --cancel first to begin anew`
  )
}

function nobodyHeard(names: string): TemoinError {
  return bad(
    `No member is known to have heard that this relay leaves (${names}): let it run until its log says "heard", or add --unheard to delete what they may count on`
  )
}

function notAll(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'Not all of that circle could be deleted, and this relay is in it no more: free some space or have the disk looked at, and start it again; each start tries the rest'
  )
}

function bad(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}
