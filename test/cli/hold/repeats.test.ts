import test, { configure } from 'brittle'
import { timesText } from '../../../cli/facts/alarms.ts'
import { Repeats } from '../../../cli/hold/repeats.ts'
import { createDevice, linkedWith } from '../../helpers/devices/device.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('the same is told once, then at the tenth, the hundredth and the thousandth', (t) => {
  const repeats = new Repeats()
  const told = Array.from({ length: 1000 }, () => repeats.count('group')).filter((n) => n !== null)
  t.alike(told, [1, 10, 100, 1000])
  t.is(timesText(1), '')
  t.ok(timesText(10).includes('10'))
})

test('of one kind the first few about other things are told each, and nobody hides another’s', (t) => {
  const repeats = new Repeats()
  const told = Array.from({ length: 99 }, (_, i) => repeats.count('loud', 'recording ' + i))
  t.alike(
    told.filter((n) => n !== null),
    [1, 2, 3, 4, 5, 6, 7, 8, 10]
  )
  t.is(repeats.count('other', 'recording 1'), 1)
})

test('a member that says without end that its disk is damaged takes up a few lines of a holder', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [holder, loud] = devices as [CliDevice, CliDevice]
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const device = await createDevice(t, { name: loud.name, dir: loud.storage })
  const [exchange] = device.circles
  await linkedWith(exchange!, 1)
  for (let i = 0; i < 30; i++) await exchange!.watch.lost(null)
  await exchange!.watch.report('battery-low')
  const last = await holding.waitFor('alarm', ({ kind }) => kind === 'battery-low')
  t.is(last.times, 1)
  await holding.kill('SIGINT')
  const { events, err } = holding
  const times = events.filter(({ kind }) => kind === 'storage-damaged').map((alarm) => alarm.times)
  t.alike(times, [1, 10])
  t.is(err.match(/ALARM: .* has lost some/g)?.length, 2, err)
  const { out } = await run(t, ['status'], { ...holder, json: false })
  t.is(out.match(/has lost some.*30 like it by now/g)?.length, 1, out)
})
