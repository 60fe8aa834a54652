import test, { configure } from 'brittle'
import process from '#process'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { Acknowledged } from '../../../helpers/crashes/acknowledged.ts'
import { audit } from '../../../helpers/crashes/audit.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import { ENDLESS_SECONDS, longClip } from '../../../helpers/films/clip.ts'
import { createCliRelay, startRelay } from '../../../helpers/cli/relay.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a relay backed up while a film comes in goes on from the copy, with all it had signed for', async (t) => {
  const { devices, dir } = await createCliCircle(t, [])
  const relay = await createCliRelay(t, devices[0]!, dir)
  const copy = { ...relay, storage: path.join(dir, 'copies', 'relay') }
  const clip = path.join(dir, 'clip.mp4')
  await fs.promises.writeFile(clip, longClip({ seconds: ENDLESS_SECONDS }) as never)
  const { relaying } = await startRelay(t, relay)
  const filming = temoin(t, ['record', clip, '--pace', 'live'], devices[0]!)
  const known = new Acknowledged()
  await filming.waitFor('held', ({ holders }: any) => holders.some((one: any) => one.length > 4))
  known.noteEvents(filming.events)

  const { code, last, err } = await run(t, ['relay', 'backup', copy.storage], relay)
  t.alike([code, last!.event], [0, 'backed-up'], err)
  t.ok(last!['bytes'] > 0)
  if (process.platform !== 'win32') {
    const { mode } = await fs.promises.stat(path.join(copy.storage, 'seed'))
    t.is(Number(mode) & 0o077, 0, 'its keys are for its owner alone')
  }
  const again = await run(t, ['relay', 'backup', copy.storage], relay)
  t.is(again.code, 2, 'nothing is copied over a copy')
  await relaying.kill('SIGKILL')

  t.is((await run(t, ['relay', 'restore', '--yes'], copy)).code, 0)
  t.ok(known.blocks(relay.device) > 0)
  t.alike(known.broken(relay.device, await audit(copy.storage)), [])
  const { relaying: going } = await startRelay(t, copy)
  const { length: made } = filming.events.at(-1)!
  const isBack = ({ holders }: any): boolean =>
    holders.some((one: any) => one.device === relay.device && one.length > made)
  await filming.waitFor('held', isBack)
  await going.kill('SIGINT')
})

test('a device is not copied into itself, nor one that is not there', async (t) => {
  const { devices, dir } = await createCliCircle(t, [])
  const inside = path.join(devices[0]!.storage, 'copy')
  t.is((await run(t, ['backup', inside], devices[0]!)).code, 2)
  if (process.platform !== 'win32') {
    const link = path.join(dir, 'link')
    await fs.promises.symlink(devices[0]!.storage, link)
    const around = path.join(link, 'not', 'yet')
    t.is((await run(t, ['backup', around], devices[0]!)).code, 2, 'nor by another way')
  }
  const nobody = { storage: path.join(dir, 'nobody') }
  t.is((await run(t, ['backup', path.join(dir, 'copy')], nobody)).code, 1)
})
