import b4a from 'b4a'
import test, { configure } from 'brittle'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice, lockCliDevice } from '../../../helpers/cli/circle.ts'
import type { CliDevice } from '../../../helpers/cli/circle.ts'
import { ENDLESS_SECONDS, longClip } from '../../../helpers/films/clip.ts'
import { atTerminal, hasPty } from '../../../helpers/cli/pty.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

const WORDS = 'five words by pure chance'
const OTHER = 'another five good words'
/** Of what the film's `held` lists. */
const isHolding =
  (holder: CliDevice) =>
  ({ device, length }: { device: string; length: number }): boolean =>
    device === holder.device && length > 4

const given = { TEMOIN_PASSPHRASE: WORDS }

test('a device under a passphrase opens with it alone, however it is given', async (t) => {
  const made = await createCliDevice(t, await t.tmp(), 'd')
  const { storage, device } = made
  await lockCliDevice(made, WORDS)
  for (const verb of [
    ['status'],
    ['list'],
    ['hold'],
    ['record', '-'],
    ['unlock'],
    ['lock', '--remove']
  ]) {
    const { code, last } = await run(t, verb, { storage })
    t.is(code, 1, verb.join(' '))
    t.is(last!.code, 'DEVICE_LOCKED')
    t.ok(/TEMOIN_PASSPHRASE|--passphrase-fd/.test(last!.message), last!.message)
  }
  const wrong = await run(t, ['status'], { storage, env: { TEMOIN_PASSPHRASE: OTHER } })
  t.is(wrong.last!.code, 'PASSPHRASE_WRONG')
  t.is(wrong.err.trim().split('\n').length, 1)
  const byEnvironment = await run(t, ['status'], { storage, env: given })
  t.is(byEnvironment.last!.device, device)
  const stdin = b4a.from(WORDS + '\n')
  const byDescriptor = await run(t, ['status', '--passphrase-fd', '0'], { storage, stdin })
  t.is(byDescriptor.last!.device, device)
  const opened = await run(t, ['unlock'], { storage, env: given })
  t.alike(opened.last, { event: 'unlocked', device, removed: false })
})

test('a verb that opens its device twice asks once', async (t) => {
  const [founder] = (await createCliCircle(t, [])).devices as [CliDevice]
  const { storage } = founder
  await lockCliDevice(founder, WORDS)
  const stdin = b4a.from(WORDS + '\n')
  const { code, err } = await run(t, ['check', '--passphrase-fd', '0'], { storage, stdin })
  t.is(code, 0, err)
})

test('a first passphrase is a new one: it may come from where a new one comes from', async (t) => {
  const { storage, device } = await createCliDevice(t, await t.tmp(), 'd')
  const stdin = b4a.from(WORDS + '\n')
  const locked = await run(t, ['lock', '--new-passphrase-fd', '0'], { storage, stdin })
  t.is(locked.code, 0, locked.err)
  const opened = await run(t, ['unlock'], { storage, env: given })
  t.alike(opened.last, { event: 'unlocked', device, removed: false })
})

test('a passphrase is changed with the old one, and taken away with it', async (t) => {
  const { storage, device } = await createCliDevice(t, await t.tmp(), 'd')
  const locked = await run(t, ['lock'], { storage, env: given })
  t.is(locked.code, 0, locked.err)
  t.alike(locked.last, { event: 'locked', device, changed: true })
  const again = await run(t, ['lock'], { storage, env: given })
  t.alike(again.last, { event: 'locked', device: null, changed: false })
  const both = { ...given, TEMOIN_NEW_PASSPHRASE: OTHER }
  const changed = await run(t, ['lock', '--change'], { storage, env: both })
  t.alike(changed.last, { event: 'locked', device, changed: true })
  t.is((await run(t, ['status'], { storage, env: given })).last!.code, 'PASSPHRASE_WRONG')
  const removed = await run(t, ['lock', '--remove'], { storage, env: { TEMOIN_PASSPHRASE: OTHER } })
  t.alike(removed.last, { event: 'unlocked', device, removed: true })
  t.is((await run(t, ['status'], { storage })).last!.device, device)
})

test('a weak passphrase is refused, and nothing is changed or made', async (t) => {
  const dir = await t.tmp()
  const { storage } = await createCliDevice(t, dir, 'd')
  const before = fs.readFileSync(path.join(storage, 'seed'))
  const weak = { TEMOIN_PASSPHRASE: '123456' }
  const refused = await run(t, ['lock'], { storage, env: weak })
  t.is(refused.code, 2)
  t.ok(refused.last!.message.includes('at least 12'), refused.last!.message)
  t.alike(fs.readFileSync(path.join(storage, 'seed')), before)
  const fresh = path.join(dir, 'fresh')
  t.is((await run(t, ['init', '--lock'], { storage: fresh, env: weak })).code, 2)
  t.absent(fs.existsSync(fresh))
})

test('a passphrase is never taken from the command line', async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  for (const words of [
    ['lock', WORDS],
    ['unlock', WORDS],
    ['status', '--passphrase', WORDS]
  ]) {
    t.is((await run(t, words, { storage, env: given })).code, 2, words[0])
  }
})

test('a device can be under a passphrase from its first moment', async (t) => {
  const storage = path.join(await t.tmp(), 'd')
  const made = await run(t, ['init', '--lock', '--name', 'Ana'], { storage, env: given })
  t.is(made.code, 0, made.err)
  t.is((await run(t, ['status'], { storage })).last!.code, 'DEVICE_LOCKED')
  t.is((await run(t, ['status'], { storage, env: given })).last!.name, 'Ana')
  const again = await run(t, ['init'], { storage })
  t.is(again.last!.code, 'DEVICE_EXISTS', 'and it is said to be there without its passphrase')
})

test('a passphrase can be set while the device is in use, which is locked by it', async (t) => {
  const [founder] = (await createCliCircle(t, [])).devices as [CliDevice]
  const { storage, device } = founder
  const holder = temoin(t, ['hold'], { storage })
  await holder.waitFor('ready')
  const { code, err, last } = await run(t, ['lock'], { storage, env: given })
  t.is(code, 0, err)
  t.alike(last, { event: 'locked', device, changed: true, running: true })
  await holder.waitFor('locked')
  await holder.kill('SIGINT')
  t.is((await run(t, ['status'], { storage })).last!.code, 'DEVICE_LOCKED')
})

test('a film goes on while its device is locked by another command, which needs no passphrase', async (t) => {
  const { dir, devices } = await createCliCircle(t, ['keeper'])
  const [author, holder] = devices as [CliDevice, CliDevice]
  await lockCliDevice(author, WORDS)
  const clip = path.join(dir, 'clip.mp4')
  await fs.promises.writeFile(clip, longClip({ seconds: ENDLESS_SECONDS }) as never)
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const filming = temoin(t, ['record', clip, '--pace', 'live'], { ...author, env: given })
  await filming.waitFor('held', ({ holders }) => holders.some(isHolding(holder)))
  const { code, last, err } = await run(t, ['lock'], author)
  t.is(code, 0, err)
  t.alike(last, { event: 'locked', device: null, changed: false, running: true })
  const { device } = await filming.waitFor('locked')
  t.is(device, author.device)
  t.absent(fs.existsSync(path.join(author.storage, 'lock-request')))
  const from = filming.events.length
  await filming.waitFor('held', ({ holders }) => holders.some(isHolding(holder)), { from })
  const opened = await run(t, ['unlock'], { ...author, env: given })
  t.ok(opened.err.includes('start it again'), opened.err)
  t.is((await filming.kill('SIGINT')).code, 0)
  t.is(filming.events.at(-1)!.event, 'sealed')
})

test('who waits no more for a device to lock leaves the next one open', async (t) => {
  const [founder] = (await createCliCircle(t, [])).devices as [CliDevice]
  const { storage } = founder
  await lockCliDevice(founder, WORDS)
  fs.writeFileSync(path.join(storage, 'lock-request'), '')
  const holder = temoin(t, ['hold'], { storage, env: given })
  await holder.waitFor('ready')
  t.absent(fs.existsSync(path.join(storage, 'lock-request')))
  await holder.kill('SIGINT')
  t.absent(holder.events.some(({ event }) => event === 'locked'))
})

test(
  'at a terminal it asks, twice for a new one, and shows nothing of it',
  { skip: !hasPty },
  async (t) => {
    const { storage } = await createCliDevice(t, await t.tmp(), 'd')
    const where = ['--storage', storage]
    const different = await atTerminal(
      ['lock', ...where],
      [
        ['New passphrase: ', WORDS + '\r'],
        ['Again: ', OTHER + '\r']
      ]
    )
    t.is(different.code, 2)
    t.ok(different.shown.includes('two different'), different.shown)
    const set = await atTerminal(
      ['lock', ...where],
      [
        ['New passphrase: ', 'x\u007f' + WORDS + '\r'],
        ['Again: ', WORDS + '\r']
      ]
    )
    t.is(set.code, 0, set.shown)
    t.absent(set.shown.includes('five'), set.shown)
    const asked = await atTerminal(['status', ...where], [['Passphrase: ', WORDS + '\r']])
    t.is(asked.code, 0, asked.shown)
    t.absent(asked.shown.includes('five'))
    const givenUp = await atTerminal(['status', ...where], [['Passphrase: ', 'fiv\u0003']])
    t.is(givenUp.code, 2, givenUp.shown)
  }
)
