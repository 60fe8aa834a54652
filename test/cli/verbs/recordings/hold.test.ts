import test, { configure } from 'brittle'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import type { CliDevice } from '../../../helpers/cli/circle.ts'
import { filmed, RECORD } from '../../../helpers/cli/film.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a holder tells what it holds, from whom, up to the seal; the author tells who has it', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [author, holder] = devices as [CliDevice, CliDevice]
  const holding = temoin(t, ['hold'], holder)
  const ready = await holding.waitFor('ready')
  t.is(ready.device, holder.device)
  t.alike(
    ready.circles.map(({ name }: any) => name),
    ['test circle']
  )
  const { events, last, err } = await run(t, [...RECORD], author)
  const { recording, length, seconds, holders } = last!
  t.is(last!.event, 'sealed')
  t.is(holders.length, 1)
  t.is(holders[0].device, holder.device)
  t.is(holders[0].length, length, 'the holder has every block')
  t.ok(holders[0].receipts >= 1)
  t.ok(/All 6.0 s are safe with contact-1/.test(err), err)
  const lengths = events
    .filter(({ event }) => event === 'held')
    .map((held) => held.holders.find(({ device }: any) => device === holder.device)?.length ?? 0)
  t.alike(
    lengths,
    [...lengths].sort((a, b) => a - b),
    'what is held never shrinks'
  )

  const announced = await holding.waitFor('recording')
  t.is(announced.recording, recording)
  t.is(announced.author, author.device)
  const held = await holding.waitFor('held', (event) => event.length === length)
  t.ok(Math.abs(held.seconds - seconds) < 0.6, String(held.seconds))
  t.is(held.from, author.device)
  const sealed = await holding.waitFor('sealed')
  t.alike([sealed.recording, sealed.length], [recording, length])
  t.is((await holding.kill('SIGTERM')).code, 0, 'a signal closes it cleanly')
})

test('both sides list the recording, and what is held elsewhere is not called unsafe', async (t) => {
  const { author, holder, recording, length } = await filmed(t)
  const { events } = await run(t, ['list'], holder)
  t.is(events.length, 1)
  const [listed] = events
  t.alike(
    [listed!.recording, listed!.author, listed!.length, listed!.sealed, listed!.live],
    [recording, author.device, length, true, false]
  )
  const { last } = await run(t, ['status'], author)
  t.alike(last!.notSafe, [], 'the author knows after a restart who has it')
  const { events: own } = await run(t, ['list'], author)
  t.alike(
    own[0]!.holders.map((held: any) => [held.device, held.length]),
    [[holder.device, length]]
  )
})
