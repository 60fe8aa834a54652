// A candidate that has no network when it scans the code, nor a DHT that answers ever: as two phones have
// it that share nothing but a hotspot, one of which is switched on later.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Device } from '../../core/device.ts'
import { createCircle, createDevice, dirOf, isLinked, letIn } from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'

/** Nothing listens there, and nothing says so. */
const NO_DHT_ANSWERS = { bootstrap: [{ host: '127.0.0.1', port: 1 }] }

test('a candidate that reaches nobody goes on trying, and is let in as soon as it does', async (t) => {
  const { founder, url } = await unreachable(t)
  const candidate = await createDevice(t, { name: 'candidate', ...NO_DHT_ANSWERS })
  const attempts: number[] = []
  const joined = candidate.join(url, { onAttempt: (attempt) => void attempts.push(attempt) })
  await eventually(() => attempts.length >= 2)
  const again = await createDevice(t, { dir: dirOf(founder), ...NO_DHT_ANSWERS })
  await again.resumeInvite(again.openInvites[0]!)
  const exchange = await joined
  await eventually(() => exchange.circle.roster.active(candidate.key) !== null)
  t.ok(isLinked(exchange, again.key))
})

test('a candidate that reached nobody before the invite expired is told that, and forgets it', async (t) => {
  const candidate = await createDevice(t, { name: 'candidate', ...NO_DHT_ANSWERS })
  const err = await lookInVain(t, candidate)
  t.is(err.code, 'INVITE_EXPIRED')
  t.ok(err.message.includes('before the device that made it could be reached'), err.message)
  t.is(candidate.pendingInvite, null)
})

test('of an invite that had expired before it was given nobody is said to have been looked for', async (t) => {
  const { url } = await unreachable(t, 0)
  const candidate = await createDevice(t, { name: 'candidate', ...NO_DHT_ANSWERS })
  await eventually(() => Date.now() % 1000 < 100)
  const err = await eventually(async () => {
    const err = await candidate.join(url, { timeoutMs: 1 }).catch((err) => err)
    return err.code === 'INVITE_EXPIRED' && err
  })
  t.absent(err.message.includes('could be reached'), err.message)
})

test('who is out by what it has read, and not by what the others have, hears so from whoever invites it anew', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [founder, lost] = devices as [Device, Device]
  await lost.trust.revoke(exchanges[1]!, lost.key, 'lost')
  await eventually(() => exchanges[0]!.circle.roster.active(lost.key) === null)
  await lost.close()
  await founder.trust.reinstate(exchanges[0]!, lost.key, 'found')
  const organiser = await createDevice(t, { name: 'organiser' })
  const circle = await letIn(founder, organiser, exchanges[0]!, 'organiser')
  await eventually(() => circle.circle.roster.active(organiser.key) !== null) // said after it
  await organiser.trust.second(circle, lost.key)
  t.ok(circle.circle.roster.active(lost.key))
  await founder.close() // whom alone it would have heard it from
  const again = await createDevice(t, { dir: dirOf(lost) })
  const exchange = await letIn(organiser, again, circle)
  await eventually(() => exchange.circle.roster.active(lost.key) !== null)
  t.ok(isLinked(exchange, organiser.key))
})

/** Asks with an invite that expires meanwhile; on a machine that is too slow for it, with one that lasts longer. */
async function lookInVain(t: Assert, candidate: Device, expiresInMs = 3000): Promise<any> {
  const { url } = await unreachable(t, expiresInMs)
  let attempts = 0
  const err = await candidate.join(url, { onAttempt: () => attempts++ }).catch((err) => err)
  return attempts > 0 ? err : lookInVain(t, candidate, 2 * expiresInMs)
}

/** An invite whose inviter is down. */
async function unreachable(
  t: Assert,
  expiresInMs = 600_000
): Promise<{ founder: Device; url: string }> {
  const founder = await createDevice(t, { name: 'founder', ...NO_DHT_ANSWERS })
  const circle = await founder.createCircle('circle')
  const { url } = await founder.invite({ circle, role: 'contact', uses: 1, expiresInMs })
  await founder.close()
  return { founder, url }
}
