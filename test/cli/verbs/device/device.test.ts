import test, { configure } from 'brittle'
import process from '#process'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice } from '../../../helpers/cli/circle.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

/** Somebody who owns nothing here. */
const NOBODY = 65534

test('init makes a device once, and a second time says that it is there', async (t) => {
  const storage = path.join(await t.tmp(), 'new', 'device')
  const made = await run(t, ['init', '--name', 'Amina'], { storage })
  t.is(made.code, 0, made.err)
  t.is(made.last!.event, 'device')
  t.is(made.last!.name, 'Amina')
  t.is(made.last!.device.length, 52)
  const again = await run(t, ['init', '--name', 'Bo'], { storage })
  t.is(again.code, 1)
  t.is(again.last!.code, 'DEVICE_EXISTS')
  const status = await run(t, ['status'], { storage })
  t.is(status.last!.device, made.last!.device, 'it is the same device still')
  t.is(status.last!.name, 'Amina')
})

test('a device that is given no name gets one that tells nothing about its machine', async (t) => {
  const { last } = await run(t, ['init'], { storage: path.join(await t.tmp(), 'd') })
  t.ok(/^device-[0-9a-f]{4}$/.test(last!.name), last!.name)
})

test('a directory that is no device yet is named, and nothing is made in it', async (t) => {
  const dir = await t.tmp()
  const storage = path.join(dir, 'nothing')
  for (const verb of [['status'], ['list'], ['circle', 'create', 'x'], ['hold'], ['check']]) {
    const { code, last } = await run(t, verb, { storage })
    t.is(code, 1, verb.join(' '))
    t.is(last!.code, 'DEVICE_MISSING')
    t.ok(last!.message.includes('temoin init'), last!.message)
  }
  t.alike(fs.readdirSync(dir), [])
})

test('the directory can be named by the environment', async (t) => {
  const { storage, device } = await createCliDevice(t, await t.tmp(), 'd')
  const { last } = await run(t, ['status'], { env: { TEMOIN_STORAGE: storage } })
  t.is(last!.device, device)
})

test('a second process on one directory is turned away with exit code 3', async (t) => {
  const { storage } = (await createCliCircle(t, [])).devices[0]!
  const holder = temoin(t, ['hold'], { storage })
  await holder.waitFor('ready')
  for (const verb of [['status'], ['init'], ['record', '-']]) {
    const { code, last, err } = await run(t, verb, { storage })
    t.is(code, 3, verb.join(' '))
    t.is(last!.code, 'STORAGE_LOCKED')
    t.is(err.trim().split('\n').length, 1, err.trim())
  }
  const { code } = await holder.kill('SIGINT')
  t.is(code, 0, 'Ctrl-C closes cleanly')
  t.is((await run(t, ['status'], { storage })).code, 0, 'and sets the directory free')
})

test('a holder that is killed sets the directory free as well', async (t) => {
  const { storage } = (await createCliCircle(t, [])).devices[0]!
  const holder = temoin(t, ['hold'], { storage })
  await holder.waitFor('ready')
  await holder.kill('SIGKILL')
  t.is((await run(t, ['status'], { storage })).code, 0)
})

test('a storage that is a file is named as what it is', async (t) => {
  const storage = path.join(await t.tmp(), 'file')
  fs.writeFileSync(storage, 'not a directory')
  for (const verb of ['init', 'status']) {
    const { code, last } = await run(t, [verb], { storage })
    t.is(code, 1, verb)
    t.is(last!.code, 'STORAGE_DENIED')
    t.ok(last!.message.includes('is not a directory'), last!.message)
  }
})

const mayChangeUser = process.platform !== 'win32' && process.getuid() === 0

test('a storage that may not be read or written is named', { skip: !mayChangeUser }, async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  for (const verb of ['init', 'status']) {
    const { code, last } = await run(t, [verb], { storage, uid: NOBODY })
    t.is(code, 1, verb)
    t.is(last!.code, 'STORAGE_DENIED', last!.message)
    t.ok(last!.message.includes('change its permissions'), last!.message)
  }
})

test('an address that this machine does not have is wrong usage, and named', async (t) => {
  const device = await createCliDevice(t, await t.tmp(), 'd')
  await run(t, ['circle', 'create', 'red'], device)
  const network = ['--no-dht', '--bind', '192.0.2.77']
  const { code, last } = await run(t, ['hold'], { ...device, network })
  t.alike([code, last!.code], [2, 'BAD_INPUT'])
  t.ok(last!.message.includes('192.0.2.77'), last!.message)
})

test('a device in no circle is told how to get into one', async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  for (const verb of [['hold'], ['invite'], ['circle', 'show'], ['record', '-']]) {
    const { code, last } = await run(t, verb, { storage })
    t.is(code, 1, verb.join(' '))
    t.is(last!.code, 'CIRCLE_MISSING')
    t.ok(last!.message.includes('temoin circle create'), last!.message)
  }
})

test('of several circles one must be named', async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  for (const name of ['red', 'blue']) await run(t, ['circle', 'create', name], { storage })
  const unsaid = await run(t, ['invite'], { storage })
  t.alike([unsaid.code, unsaid.last!.code], [2, 'CIRCLE_AMBIGUOUS'])
  t.ok(/"red" \w{52}, "blue" \w{52}/.test(unsaid.last!.message), unsaid.last!.message)
  const wrong = await run(t, ['invite', '--circle', 'green'], { storage })
  t.alike([wrong.code, wrong.last!.code], [2, 'CIRCLE_UNKNOWN'])
  const all = await run(t, ['circle', 'show', '--wait', '0'], { storage })
  t.alike(
    all.events.map(({ name }) => name),
    ['red', 'blue']
  )
  const one = await run(t, ['circle', 'show', 'blue', '--wait', '0'], { storage })
  t.alike(
    one.events.map(({ name }) => name),
    ['blue']
  )
})
