// A relay that gives up a circle, as its operator says it and its members hear it.

import test from 'brittle'
import { Device } from '../../../core/device.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { RECORD } from '../../helpers/cli/film.ts'
import { createCliRelay, startRelay } from '../../helpers/cli/relay.ts'

const DAY_MS = 86_400_000

test(
  'a relay forgets a circle after its members were told and had their time, and not before',
  { timeout: 300_000 },
  async (t) => {
    const { devices, dir } = await createCliCircle(t, [])
    const [author] = devices as [CliDevice]
    const relay = await createCliRelay(t, author, dir)
    const { circle } = (await run(t, ['circle', 'show'], author)).last as any
    const name = circle.slice(0, 8)
    const forget = (...args: string[]) => run(t, ['relay', 'forget', name, ...args], relay)

    t.is((await forget('--cancel')).code, 2, 'there is nothing to cancel')
    t.is((await forget('--grace', '1h')).code, 2, 'that is no time for anybody')
    const first = await startRelay(t, relay)
    t.is((await forget()).code, 3, 'not beside a relay that runs')
    const filmed = await run(t, [...RECORD], author)
    t.is(filmed.code, 0, filmed.err)
    await first.relaying.waitFor('held')
    await first.relaying.kill('SIGINT')

    const { code, last } = await forget('--grace', '10d')
    t.is(code, 0)
    const { leavesAt } = last as any
    t.ok(Math.abs(Date.parse(leavesAt) - Date.now() - 10 * DAY_MS) < 60_000)
    t.alike((await forget()).last!['leavesAt'], leavesAt, 'asked again, nothing is deleted')
    t.is((await forget('--grace', '20d')).code, 2, 'they were told of another day')
    const second = await startRelay(t, relay)
    const holding = temoin(t, ['hold'], author)
    await holding.waitFor('presence', (line) => line.leavesAt === leavesAt)
    await holding.kill('SIGINT')
    t.ok(holding.err.includes(`leaves on ${leavesAt.slice(0, 10)}`), holding.err)
    const counted = new Date(Date.parse(leavesAt) - 2 * DAY_MS).toISOString().slice(0, 10)
    const next = await run(t, [...RECORD], author)
    t.ok(next.err.includes(`(until ${counted})`), next.err)
    const status = await run(t, ['status'], author)
    t.is(status.last!['presence'][0].leavesAt, leavesAt)
    t.is(status.last!['notSafe'].length, 0, 'until then it is there')
    await second.relaying.kill('SIGINT')
    t.is((await forget('--cancel')).last!['leavesAt'], null)

    await saySince(relay, Date.now() - 1000)
    const untold = await forget()
    t.is(untold.code, 2, 'its time has come, and nobody has heard of it')
    t.ok(untold.err.includes('--unheard'), untold.err)
    const third = await startRelay(t, relay)
    const told = temoin(t, ['hold'], author)
    await told.waitFor('presence', (line) => Date.parse(line.leavesAt) < Date.now())
    await third.relaying.waitFor('heard')
    await told.kill('SIGINT')
    await third.relaying.kill('SIGINT')
    t.is((await run(t, ['status'], author)).last!['notSafe'].length, 2, 'from then on it is not')
    t.is((await forget('--grace', '10d')).code, 2, 'who gives time does not mean to delete now')
    const done = await forget()
    t.is(done.code, 0, done.err)
    t.alike([done.last!['event'], done.last!['circle']], ['forgot', circle])
    const fourth = await startRelay(t, relay)
    await fourth.relaying.kill('SIGINT')
    const circles = await run(t, ['relay', 'circles'], relay)
    t.alike(circles.events, [])
    t.is((await forget()).code, 2, 'it is in no such circle')
  }
)

/** As if the grace period had passed. */
async function saySince({ storage }: CliDevice, dueAtMs: number): Promise<void> {
  const device = new Device({ dir: storage, offline: true })
  await device.ready()
  await device.circles[0]!.sayLeaving(dueAtMs)
  await device.close()
}
