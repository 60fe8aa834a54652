import test, { configure } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { filmed } from '../helpers/cli/film.ts'
import { eventually } from '../helpers/eventually.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a holder whose store is gone says so to everybody, and is safe again once it has all of it', async (t) => {
  const { author, holder, recording, length } = await filmed(t)
  await fs.promises.rm(path.join(holder.storage, 'store'), { recursive: true })
  const waiting = temoin(t, ['hold'], author)
  await waiting.waitFor('ready')
  const holding = temoin(t, ['hold'], holder)
  const alarm = await waiting.waitFor('alarm')
  t.alike(
    [alarm.kind, alarm.device, alarm.by, alarm.recording],
    ['storage-damaged', holder.device, holder.device, null]
  )
  const presence = await waiting.waitFor('presence')
  t.alike([presence.device, presence.online], [holder.device, true])
  await holding.waitFor('sealed', (event) => event.recording === recording)
  const isWhole = ({ holders }: any): boolean => holders.some((held: any) => held.length === length)
  await waiting.waitFor('holders', isWhole, { from: waiting.events.indexOf(alarm) })
  await waiting.kill('SIGINT')
  const last = await eventually(
    async () => {
      const { last } = await run(t, ['status', '--wait', '5'], author)
      return last!.notSafe.length === 0 ? last : null // once the holder's journal has come
    },
    { timeoutMs: 60_000 }
  )
  await holding.kill('SIGINT')
  t.alike(
    last!.alarms.map(({ kind, device }: any) => [kind, device]),
    [['storage-damaged', holder.device]]
  )
  t.ok(
    /has lost some of what it held/.test((await run(t, ['status'], { ...author, json: false })).out)
  )
})

test('the list, the package and the verdict count the same receipts', async (t) => {
  const { dir, author, holder, recording, length } = await filmed(t)
  const count = async (device: { storage: string }): Promise<number> => {
    const { events } = await run(t, ['list'], device)
    return events[0]!.holders[0]?.receipts ?? 0
  }
  const listed = await count(author)
  t.ok(listed >= 1)
  const out = path.join(dir, 'package')
  t.is((await run(t, ['export', recording, out], holder)).code, 0)
  const { last } = await run(t, ['verify', out])
  t.is(last!.parts[0].receiptCount, listed)
  t.alike(
    last!.receipts.map(({ device, length: held }: any) => [device, held]),
    [[holder.device, length]]
  )
})

test('who is online is looked up where it is asked for', async (t) => {
  const { author, holder } = await filmed(t)
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const { last } = await run(t, ['status', '--wait', '90'], author)
  const [member] = last!.presence
  t.alike([member.device, member.online, member.behind], [holder.device, true, []])
  t.ok(Date.parse(member.since) > 0)
  const shown = await run(t, ['circle', 'show', '--wait', '90'], author)
  t.ok(shown.last!.members.some(({ since }: any) => since !== null))
  await holding.kill('SIGINT')
  const away = await run(t, ['status'], author)
  t.is(away.last!.presence[0].online, false)
})
