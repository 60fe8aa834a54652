import b4a from 'b4a'
import test from 'brittle'
import { WINDOW_BYTES } from '../../core/api/server/film-socket.ts'
import { FilmRun } from '../../core/api/host/runs/film-run.ts'
import { packFrame } from '../../core/api/frames.ts'
import { eventually } from '../helpers/eventually.ts'
import { connectSocket, createApp, createPage, platformOf, sessionOf } from '../helpers/api/app.ts'
import { fixture } from '../helpers/films/clip.ts'
import { split } from '../helpers/films/media.ts'

const { inits, fragments } = split(fixture('clip-h264-opus.mp4'), { fragmentMs: 0 })
const INIT = inits[0]!.data
const ALL = b4a.concat([INIT, ...fragments.map(({ data }) => data)])

test('a film whose socket was cut goes on, and has every fragment once', async (t) => {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const sockets: any[] = []
  const platform = platformOf(app.server.port, session.cookie)
  const connect = (url: string) => {
    const socket = platform.connect(url)
    if (url.includes('/film/')) sockets.push(socket)
    return socket
  }
  const page = await createPage(t, app, { session, platform: { ...platform, connect } })
  const { filming } = await page.call('film.start', { keepReadable: true })
  const link = page.film(filming)
  let durable = 0
  link.onDurable = (seq) => (durable = seq)
  link.send({ kind: 'init' }, INIT)
  for (const [i, { data }] of fragments.entries()) {
    link.send({ kind: 'fragment' }, data)
    if (i % 8 === 4) {
      await eventually(() => durable > i - 2)
      sockets.at(-1).close()
    }
  }
  await eventually(() => link.waitingBytes === 0)
  t.ok(sockets.length > 2, `${sockets.length} sockets`)
  await page.call('film.stop', { filming, seq: link.lastSeq })
  const { recording } = page.state!.filming[filming]!
  const pieces = []
  for await (const { body } of page.frames(`/media/${recording}/stream`)) pieces.push(body)
  t.ok(b4a.equals(b4a.concat(pieces), ALL))
})

test('a film whose old socket ends after the new one came is not taken for left', async (t) => {
  const app = await createApp(t)
  const exchange = await app.device.createCircle('circle')
  const run = (handle: string) =>
    new FilmRun({ handle, exchange, device: app.device, choices: {}, onState() {}, awayMs: 50 })
  const [fed, left] = [run('fed'), run('left')]
  for (const one of [fed, fed, left]) one.pageCame()
  fed.pageWent()
  left.pageWent()
  await eventually(() => left.reason === 'interrupted')
  t.is(fed.reason, null)
  fed.pageWent()
  await eventually(() => fed.reason === 'interrupted')
  t.pass('and is, when that one has gone too')
})

test('bytes as a recorder gives them, cut anywhere, become the same film', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  for (let at = 0; at < ALL.byteLength; at += 7777) {
    link.send({ kind: 'bytes' }, ALL.subarray(at, at + 7777))
  }
  await page.call('film.stop', { filming, seq: link.lastSeq })
  const { recording } = page.state!.filming[filming]!
  const answer = await page.get(`/media/${recording}/file`)
  const reader = answer.body!.getReader()
  const pieces: Uint8Array[] = []
  for (let one = await reader.read(); !one.done; one = await reader.read()) pieces.push(one.value!)
  t.ok(b4a.equals(b4a.concat(pieces), ALL))
})

test('media that is none ends the film, says why, and keeps what came before', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  let over: unknown = null
  link.onOver = (reason, failure) => (over = [reason, failure?.code])
  link.send({ kind: 'init' }, INIT)
  link.send({ kind: 'fragment' }, fragments[0]!.data)
  link.send({ kind: 'fragment' }, b4a.alloc(4000, 1))
  await eventually(() => over)
  t.alike(over, ['input-damaged', 'MEDIA_DAMAGED'])
  t.ok(link.isOver)
  t.is(link.send({ kind: 'fragment' }, fragments[1]!.data), null, 'nothing more is taken')
  await eventually(() => page.state!.filming[filming]!.reason === 'input-damaged')
  await eventually(() => page.state!.filming[filming]!.ownSeconds > 0.2)
})

test('a gap, a place, what the phone does and a note stand in the film', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', { preEventMs: 4000 })
  const link = page.film(filming)
  await page.call('film.place', {
    filming,
    place: { latitude: 48.8566, longitude: 2.3522, accuracyM: 12 }
  })
  await page.call('film.battery', { filming, percent: 41 })
  link.send({ kind: 'init' }, INIT)
  link.send({ kind: 'fragment' }, fragments[0]!.data)
  link.send({ kind: 'gap', fromUs: 250_000, toUs: 1_250_000, reason: 'camera lost' })
  for (const { data } of fragments.slice(4)) link.send({ kind: 'fragment' }, data)
  await eventually(() => link.waitingBytes === 0)
  await page.call('film.status', { filming, status: 'hidden' })
  await page.call('film.note', { filming, text: 'at the bridge' })
  await page.call('film.stop', { filming, seq: link.lastSeq })
  const { recording } = page.state!.filming[filming]!
  const timeline = await page.call('recording.timeline', { recording: recording! })
  t.alike(
    timeline.gaps.map(({ lengthSeconds, reason }) => [lengthSeconds, reason]),
    [[1, 'camera lost']]
  )
  t.alike(
    timeline.statuses.map(({ status }) => status),
    ['hidden']
  )
  t.alike(
    timeline.notes.map(({ tag, text }) => [tag, text]),
    [[null, 'at the bridge']]
  )
  const { latitude, longitude, accuracyM } = timeline.places[0]!
  t.alike([latitude, longitude, accuracyM], [48.8566, 2.3522, 12])
  t.is(timeline.clocks[0]!.batteryPercent, 41)
  t.is(timeline.parts[0]!.preEventMs, 4000)
  const kinds = []
  for await (const { header } of page.frames(`/media/${recording}/stream`)) kinds.push(header)
  const gap = kinds.findIndex(({ kind }) => kind === 'gap')
  t.ok((kinds[gap + 1] as any).key, 'a player goes on at a key')
})

test('where the film does not keep up, a page is held back, and what it sends waits with it', async (t) => {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  const { filming } = await page.call('film.start', {})
  const { port } = app.server
  const headers = { cookie: session.cookie, origin: `http://127.0.0.1:${port}` }
  const socket = connectSocket(`ws://127.0.0.1:${port}/film/${filming}`, headers)
  const heard: any[] = []
  socket.onmessage = ({ data }) => heard.push(JSON.parse(String(data)))
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key: session.key }))
  await eventually(() => heard[0]?.kind === 'ready')
  t.is(heard[0].windowBytes, WINDOW_BYTES)
  let taken = 0
  let release = (): void => {}
  const stuck = new Promise<void>((resolve) => (release = resolve))
  const run = app.host.current.films.get(filming)
  run.take = () => {
    taken++
    return stuck
  }
  const part = b4a.alloc(WINDOW_BYTES / 4)
  for (let seq = 1; seq <= 20; seq++) socket.send(packFrame({ kind: 'bytes', seq }, part))
  await eventually(() => taken > 4)
  for (let i = 0; i < 20; i++) await page.call('device.name', { name: `name ${i}` })
  t.ok(taken <= 7, `${taken} of 20 are here`)
  release()
  await eventually(() => taken === 20)
  t.pass('the rest comes when there is room')
  socket.close()
})

test('a socket for a film that there is not is closed', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const link = page.film('nothing')
  let over: unknown = null
  link.onOver = (reason, failure) => (over = [reason, failure?.code])
  await eventually(() => over)
  t.alike(over, ['interrupted', 'BAD_STATE'])
})
