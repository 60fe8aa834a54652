import test from 'brittle'
import { createApp, createPage, sessionOf } from '../../helpers/api/app.ts'
import { ask, askWithoutEnd } from '../../helpers/api/http.ts'
import { socketAt } from '../../helpers/api/socket.ts'
import { eventually } from '../../helpers/eventually.ts'

test('connections that say nothing keep nobody out, however many they are', async (t) => {
  const app = await createApp(t, { strangerMs: 3_600_000 })
  const { port } = app.server
  const silent = Array.from({ length: 64 }, () => askWithoutEnd(port, '/session'))
  t.teardown(() => silent.forEach(({ cut }) => cut()))
  await eventually(() => app.server.connections === 64)
  const page = await createPage(t, app)
  t.is(page.connection, 'open')
  t.is((await ask(port, '/')).status, 200)
  await eventually(() => silent.filter(({ isCut }) => isCut()).length >= 2)
  t.absent(silent.at(-1)!.isCut(), 'the oldest give way')
})

test('what is trusted stays, though many come after it', async (t) => {
  const app = await createApp(t, { strangerMs: 3_600_000 })
  const page = await createPage(t, app)
  const silent = Array.from({ length: 200 }, () => askWithoutEnd(app.server.port, '/session'))
  t.teardown(() => silent.forEach(({ cut }) => cut()))
  await eventually(() => silent.filter(({ isCut }) => isCut()).length >= 130)
  await page.call('device.name', { name: 'still here' })
  t.is(page.state!.device.name, 'still here')
})

test('a connection has a short time to show a session, and then is cut', async (t) => {
  const app = await createApp(t, { strangerMs: 100 })
  const page = await createPage(t, app)
  const one = askWithoutEnd(app.server.port, '/session')
  await eventually(() => one.isCut())
  await page.call('device.name', { name: 'still here' })
  t.pass('who has shown one is not')
})

test('sockets with the cookie and without the key keep no page out', async (t) => {
  const app = await createApp(t, { helloMs: 3_600_000, strangerMs: 3_600_000 })
  const { cookie } = await sessionOf(app)
  let opened = 0
  let closed = 0
  for (let i = 0; i < 40; i++) {
    const socket = socketAt(app.server.port, '/api', cookie)
    socket.onopen = () => opened++
    socket.onclose = () => closed++
  }
  await eventually(() => opened === 40 && closed === 24)
  const page = await createPage(t, app)
  t.is(page.connection, 'open')
})
