import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import z32 from 'z32'
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

test('a frame before which one is missing is not taken, and the page is asked what comes next', async (t) => {
  const { app, page, open } = await bareSocket(t)
  const { filming } = await page.call('film.start', {})
  const first = await open(filming)
  first.send({ kind: 'init', seq: 1 }, INIT)
  first.send({ kind: 'fragment', seq: 3 }, fragments[1]!.data)
  t.is(await first.closed, 4409)
  const second = await open(filming)
  t.ok(second.nextSeq <= 2, 'the first may not have been taken yet')
  if (second.nextSeq === 1) second.send({ kind: 'init', seq: 1 }, INIT)
  for (let i = 0; i < 3; i++) second.send({ kind: 'fragment', seq: i + 2 }, fragments[i]!.data)
  await page.call('film.stop', { filming, seq: 4 })
  const { parts } = app.host.current.films.get(filming).film
  t.ok(Math.abs(parts[0]!.timeline.secondsAt(Infinity) - 0.75) < 0.05)
})

test('what is said before the init segment does not end a film: it stands first in it', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  await page.call('film.status', { filming, status: 'camera-lost', atMs: 1_790_000_000_000 })
  link.send({ kind: 'gap', fromUs: 0, toUs: 2_000_000, reason: 'memory-full' })
  link.send({ kind: 'init' }, INIT)
  for (const { data } of fragments.slice(0, 4)) link.send({ kind: 'fragment' }, data)
  await page.call('film.stop', { filming, seq: link.lastSeq })
  const { recording, reason } = page.state!.filming[filming]!
  t.is(reason, 'stopped')
  const timeline = await page.call('recording.timeline', { recording: recording! })
  t.alike(
    [timeline.gaps, timeline.statuses],
    [
      [{ seconds: 0, lengthSeconds: 2, reason: 'memory-full' }],
      [{ seconds: 0, status: 'camera-lost', atMs: 1_790_000_000_000 }]
    ]
  )
})

test('a recorder that begins anew in mid-film goes on in the next part, cut as it was before', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  const cut = INIT.byteLength + fragments[0]!.data.byteLength + 999
  link.send({ kind: 'bytes', head: true }, ALL.subarray(0, cut))
  link.send({ kind: 'bytes', head: true }, ALL.subarray(0, 7777))
  link.send({ kind: 'bytes' }, ALL.subarray(7777))
  await page.call('film.stop', { filming, seq: link.lastSeq })
  const { reason, parts } = page.state!.filming[filming]!
  t.alike([reason, parts.length], ['stopped', 2])
  const { film } = app.host.current.films.get(filming)
  const seconds = film.parts.map(({ timeline }) => timeline.secondsAt(Infinity))
  t.ok(seconds[0]! > 0.2 && Math.abs(seconds[1]! - 6) < 0.1, String(seconds))
})

test('a film of a page names the one it goes on from, sealed or not', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const one = async (previous?: string): Promise<string> => {
    const asked = previous === undefined ? {} : { previous }
    const { filming } = await page.call('film.start', { keepReadable: true, ...asked })
    const link = page.film(filming)
    link.send({ kind: 'init' }, INIT)
    link.send({ kind: 'fragment' }, fragments[0]!.data)
    await page.call('film.stop', { filming, seq: link.lastSeq, reason: 'interrupted' })
    return page.state!.filming[filming]!.recording!
  }
  const first = await one()
  const second = await one(first)
  const known = app.device.circles[0]!.replicas
  const found = known.find(({ announced }) => announced.previous !== null)!
  t.alike([z32.encode(found.key), z32.encode(found.announced.previous!)], [second, first])
  await eventually(() => page.state!.recordings[first]?.goesOnIn === second)
  t.ok(await one('y'.repeat(52)), 'one that is not known here is no reason to refuse a film')
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

/** Film sockets that send what they are told, numbers included. */
async function bareSocket(t: Assert) {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  const { port } = app.server
  const headers = { cookie: session.cookie, origin: `http://127.0.0.1:${port}` }
  const open = async (filming: string) => {
    const socket = connectSocket(`ws://127.0.0.1:${port}/film/${filming}`, headers)
    const heard: any[] = []
    const closed = new Promise((resolve) => (socket.onclose = ({ code }) => resolve(code)))
    socket.onmessage = ({ data }) => heard.push(JSON.parse(String(data)))
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key: session.key }))
    await eventually(() => heard[0]?.kind === 'ready')
    const send = (header: object, body: Uint8Array): void => socket.send(packFrame(header, body))
    return { closed, nextSeq: heard[0].nextSeq as number, send }
  }
  return { app, page, open }
}
