import test from 'brittle'
import type { Assert } from 'brittle'
import { exists, makeDirectories } from '../../core/runtime/fs.ts'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage, sessionOf } from '../helpers/api/app.ts'
import type { App } from '../helpers/api/app.ts'
import {
  durable,
  FRAGMENTS,
  sendClip,
  sendFragments,
  startFilm,
  stopFilm
} from '../helpers/api/filmed.ts'
import { ask, openAnswer } from '../helpers/api/http.ts'
import type { Page, Session } from '../helpers/api/page.ts'

const PASSPHRASE = 'five words that chance picks'

/** A page that films, in a circle with a name, on a device that can be locked. */
async function createFilming(t: Assert) {
  const app = await createApp(t, { name: 'Ana of the bridge' })
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  await page.call('device.protect', { passphrase: PASSPHRASE })
  await page.call('circle.create', { name: 'our street' })
  await page.call('invite.open', {})
  const film = await startFilm(page, { keepReadable: true })
  t.teardown(() => film.link.close())
  sendClip(film.link, FRAGMENTS.slice(0, 8))
  await durable(film.link)
  const recording = (await eventually(() => page.state!.filming[film.filming]!.recording))!
  await eventually(() => page.state!.recordings[recording])
  return { app, session, page, film, recording }
}

/** As text, all that a page has been told. */
function told(page: Page): string {
  return JSON.stringify(page.state)
}

async function live(app: App, session: Session, recording: string) {
  const headers = { cookie: session.cookie, 'x-temoin-key': session.key }
  const path = `/media/${recording}/stream?at=live`
  const { status, pieces } = await openAnswer(app.server.port, path, { headers })
  let bytes = 0
  let isOver = false
  void (async () => {
    for await (const piece of pieces) bytes += piece.byteLength
  })()
    .catch(() => {})
    .finally(() => (isOver = true))
  await eventually(() => bytes > 0)
  return { status, isOver: () => isOver }
}

test('a locked device tells no page of films, names or members, and films on', async (t) => {
  const { app, session, page, film, recording } = await createFilming(t)
  const circle = Object.keys(page.state!.circles)[0]!
  const secrets = [
    'our street',
    'Ana of the bridge',
    circle,
    page.state!.device.device!,
    'temoin://'
  ]
  for (const secret of secrets.slice(0, 4)) t.ok(told(page).includes(secret), 'before')
  await app.device.lock() // as `temoin lock` has it done
  await eventually(() => page.state!.device.locked)
  for (const slice of ['circles', 'recordings', 'invites', 'exports'] as const) {
    await eventually(() => Object.keys(page.state![slice]).length === 0)
  }
  const late = await createPage(t, app, { session })
  for (const one of [page, late]) {
    for (const secret of secrets) t.absent(told(one).includes(secret), secret)
    t.alike(one.state!.filming[film.filming]!.holders, [], 'nor who holds it')
  }

  const call = page.call.bind(page) as (name: string, args: object) => Promise<unknown>
  for (const [name, args] of [
    ['recording.timeline', { recording }],
    ['recording.read', { recordings: [recording] }],
    ['export.start', { recording }],
    ['circle.create', { name: 'x' }],
    ['invite.open', {}],
    ['join.start', { url: 'x' }],
    ['member.own', { circle, device: circle }],
    ['device.name', { name: 'x' }]
  ] as [string, object][]) {
    const code = await call(name, args).then(
      () => 'answered',
      (err) => err.code
    )
    t.is(code, 'DEVICE_LOCKED', name)
  }
  const headers = { cookie: session.cookie, 'x-temoin-key': session.key }
  for (const what of ['init', '1-9', 'still?at=0', 'stream', 'file']) {
    const { status } = await ask(app.server.port, `/media/${recording}/${what}`, { headers })
    t.is(status, 423, what)
  }
  t.is((await ask(app.server.port, '/export/1/README.txt', { headers })).status, 423, 'export')

  sendFragments(film.link, FRAGMENTS.slice(8))
  await durable(film.link)
  await stopFilm(page, film)
  t.absent(told(page).includes(circle), 'the end of its film tells nothing')

  await page.call('device.unlock', { passphrase: PASSPHRASE })
  await eventually(() => page.state!.circles[circle]?.name === 'our street')
  await eventually(() => page.state!.recordings[recording]?.phase === 'sealed')
  t.is(page.state!.device.name, 'Ana of the bridge')
})

test('what is being watched ends when the device is locked', async (t) => {
  const { app, session, page, film, recording } = await createFilming(t)
  const watching = await live(app, session, recording)
  t.is(watching.status, 200)
  t.absent(watching.isOver())
  await page.call('device.lock', {})
  await eventually(() => watching.isOver())
  await page.call('device.unlock', { passphrase: PASSPHRASE })
  const again = await live(app, session, recording)
  t.is(again.status, 200, 'it can be watched again once it is unlocked')
  await stopFilm(page, film)
})

test('a wiped device tells no page anything, ends what is watched, and keeps no package', async (t) => {
  const { app, session, page, recording } = await createFilming(t)
  await makeDirectories(`${app.dir}-exports`, 0o700)
  const circle = Object.keys(page.state!.circles)[0]!
  const watching = await live(app, session, recording)
  await page.call('panic', { sure: 'wipe' })
  await eventually(() => watching.isOver())
  const late = await createPage(t, app, { session })
  for (const one of [page, late]) {
    await eventually(() => one.state!.device.phase === 'wiped')
    for (const secret of ['our street', 'Ana of the bridge', circle]) {
      t.absent(told(one).includes(secret), secret)
    }
  }
  t.absent(await exists(`${app.dir}-exports`))
  const headers = { cookie: session.cookie, 'x-temoin-key': session.key }
  t.is((await ask(app.server.port, `/media/${recording}/init`, { headers })).status, 409)
})
