import test from 'brittle'
import z32 from 'z32'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage } from '../helpers/api/app.ts'
import { exists, path, removeTree } from '../../core/runtime/fs.ts'

const PASSPHRASE = 'five words that chance picks'

test('a device under a passphrase is locked, and opened by its screens', async (t) => {
  const first = await createApp(t)
  const page = await createPage(t, first)
  await page.call('device.protect', { passphrase: PASSPHRASE })
  t.ok(page.state!.device.protected)
  await page.call('device.lock', {})
  t.ok(page.state!.device.locked)
  const wrong = await page
    .call('device.unlock', { passphrase: 'another one' })
    .catch((err) => err.code)
  t.is(wrong, 'PASSPHRASE_WRONG')
  await page.call('device.unlock', { passphrase: PASSPHRASE })
  t.absent(page.state!.device.locked)
  const { device } = page.state!.device
  page.close()
  await first.server.close()
  await first.host.close()

  const second = await createApp(t, { dir: first.dir })
  const late = await createPage(t, second)
  t.is(late.state!.device.phase, 'sealed')
  t.is(late.state!.device.device, null)
  const early = await late.call('circle.create', { name: 'x' }).catch((err) => err.code)
  t.is(early, 'DEVICE_LOCKED')
  const again = await late.call('device.unlock', { passphrase: 'no' }).catch((err) => err.code)
  t.is(again, 'PASSPHRASE_WRONG')
  await late.call('device.unlock', { passphrase: PASSPHRASE })
  await eventually(() => late.state!.device.phase === 'ready')
  t.is(late.state!.device.device, device)
})

test('a locked device takes a film, be it in no circle or in several', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  await page.call('device.protect', { passphrase: PASSPHRASE })
  await page.call('device.lock', {})
  const { filming, circle } = await page.call('film.start', {})
  await page.call('film.stop', { filming })
  await page.call('device.unlock', { passphrase: PASSPHRASE })
  await page.call('circle.create', { name: 'street' })
  await page.call('device.lock', {})
  const among = app.device.circles.map((one) => z32.encode(one.circle.id))
  t.is(among.length, 2)
  t.is(among[0], circle, 'made before it was locked')
  const second = await page.call('film.start', {})
  t.ok(among.includes(second.circle))
})

test('a panic wipes the device, and the screens say so', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  await page.call('circle.create', { name: 'street' })
  const wiped = await page.call('panic', { sure: 'wipe' })
  t.alike(wiped, { notSafe: [], kept: null, unread: null, left: false })
  await eventually(() => page.state!.device.phase === 'wiped')
  t.alike(page.state!.circles, {})
  t.absent(await exists(path.join(app.dir, 'seed')))
})

test('a panic that cannot be done says so, and can be asked for again', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  await removeTree(app.dir)
  const code = await page.call('panic', { sure: 'wipe' }).then(
    () => null,
    (err) => err.code
  )
  t.ok(code !== null)
  await eventually(() => page.state!.device.phase === 'failed')
  t.is(page.state!.device.failure?.code, code)
  t.is(await page.call('panic', { sure: 'wipe' }).catch((err) => err.code), 'DEVICE_MISSING')
})
