import test from 'brittle'
import { StateStore } from '../../../core/api/host/state-store.ts'
import { StateFeed } from '../../../core/api/server/state-feed.ts'
import { eventually } from '../../helpers/eventually.ts'
import { createApp, createPage, sessionOf } from '../../helpers/api/app.ts'
import type { App } from '../../helpers/api/app.ts'
import { openAnswer } from '../../helpers/api/http.ts'
import type { Session } from '../../helpers/api/page.ts'
import { socketAt, speak } from '../../helpers/api/socket.ts'
import type { BrowserSocket, Spoken } from '../../helpers/api/socket.ts'
import { leaks } from '../../helpers/leaks.ts'

/** A socket that has shown its key, spoken to by hand. */
function socketOf({ server }: App, { cookie, key }: Session): Promise<Spoken> {
  return speak(server.port, '/api', cookie, { type: 'hello', key })
}

test('what is no message ends the socket that sent it, and no other', async (t) => {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  for (const bad of [
    'x',
    '[]',
    'null',
    '{"type":"call","id":"1","call":"device.name","args":{}}',
    '{"type":"call","id":1,"call":"device.name"}',
    '{"type":"nothing","id":1}'
  ]) {
    const { socket, closed } = await socketOf(app, session)
    socket.send(bad)
    t.is(await closed, 4400, bad)
  }
  const { socket, closed } = await socketOf(app, session)
  socket.send(new Uint8Array(8))
  t.is(await closed, 4400, 'bytes')
  await page.call('device.name', { name: 'Ana' })
  t.is(page.state!.device.name, 'Ana', 'the others go on')
})

test('a call that is none, or is given what it does not take, fails and ends nothing', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const call = page.call.bind(page) as (name: string, args: object) => Promise<unknown>
  for (const [name, args] of [
    ['nothing', {}],
    ['constructor', {}],
    ['__proto__', {}],
    ['device.name', {}],
    ['device.name', { name: 7 }],
    ['device.name', { name: 'x'.repeat(65) }],
    ['circle.create', { name: ['a'] }],
    ['film.stop', { filming: 'none' }],
    ['recording.read', { recordings: 'all' }],
    ['recording.read', { recordings: ['short'] }],
    ['panic', {}],
    ['panic', { sure: 'yes' }],
    ['invite.open', { uses: 1.5 }],
    ['invite.open', { expiresInMs: 1e12 }],
    ['export.start', { recording: '../../etc/passwd' }]
  ] as [string, object][]) {
    const code = await call(name, args).then(
      () => 'answered',
      (err) => err.code
    )
    t.is(code, 'BAD_INPUT', `${name} ${JSON.stringify(args)}`)
  }
  t.is(page.state!.device.phase, 'ready')
})

test('only so many sockets are open at once', async (t) => {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const all = []
  for (let i = 0; i < 24; i++) all.push(await socketOf(app, session))
  const one = socketAt(app.server.port, '/api', session.cookie)
  let isOpen = false
  one.onopen = () => (isOpen = true)
  await new Promise<void>((resolve) => (one.onclose = () => resolve()))
  t.absent(isOpen)
  all[0]!.socket.close()
  await eventually(async () => (await socketOf(app, session)).heard.length > 0)
  t.pass('there is room again')
})

test('a client that reads nothing costs one name for each thing that changed', (t) => {
  const sent: string[] = []
  let onDrain = (): void => {}
  const end: any = {
    waitingBytes: 0,
    send: (text: string) => sent.push(text),
    on: (_name: string, fn: () => void) => (onDrain = fn)
  }
  const store = new StateStore({ circles: {}, disk: null } as any)
  const feed = new StateFeed(store, end)
  end.waitingBytes = 1e6 // it does not read
  for (let heldBytes = 0; heldBytes < 1000; heldBytes++) {
    store.set('disk', { full: false, heldBytes, roomBytes: null })
    feed.flush()
  }
  t.is(sent.length, 1, 'nothing but the first state')
  end.waitingBytes = 0
  onDrain()
  feed.flush()
  t.is(sent.length, 2)
  const { changes } = JSON.parse(sent[1]!)
  t.alike(
    changes.map(({ slice, value }: any) => [slice, value.heldBytes]),
    [['disk', 999]],
    'then the newest, once'
  )
  feed.close()
})

test('a page that was cut off connects again, and has the state as it is by then', async (t) => {
  const app = await createApp(t)
  const sockets: BrowserSocket[] = []
  let states = 0
  const page = await createPage(t, app, {
    onSocket: (socket) => sockets.push(socket),
    onState: () => states++
  })
  const other = await createPage(t, app)
  sockets[0]!.close()
  await eventually(() => page.connection === 'connecting')
  await t.exception(page.call('device.name', { name: 'x' }), /cannot be reached/)
  const { circle } = await other.call('circle.create', { name: 'made meanwhile' })
  await eventually(() => page.connection === 'open')
  await eventually(() => page.state!.circles[circle])
  t.is(states, 2)
})

test('when the server closes, no socket and no timer is left', async (t) => {
  const watch = leaks(t)
  const app = await createApp(t)
  watch.emitter(app.device, 'device')
  const before = app.device.listenerCount('progress')
  await createPage(t, app)
  const { pieces } = await openAnswer(app.server.port, '/')
  for await (const piece of pieces) t.ok(piece.byteLength > 0)
  await app.server.close()
  t.is(app.server.connections, 0)
  t.is(app.device.listenerCount('progress'), before)
})
