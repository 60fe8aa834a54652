import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import z32 from 'z32'
import { WINDOW_BYTES } from '../../core/api/server/film-socket.ts'
import { FilmRun } from '../../core/api/host/runs/film-run.ts'
import { packFrame } from '../../core/api/frames.ts'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage, sessionOf } from '../helpers/api/app.ts'
import {
  durable,
  FRAGMENTS,
  INIT,
  sendClip,
  sendFragments,
  startFilm,
  stopFilm,
  WHOLE
} from '../helpers/api/filmed.ts'
import { speak } from '../helpers/api/socket.ts'
import type { BrowserSocket } from '../helpers/api/socket.ts'

test('a film whose socket was cut goes on, and has every fragment once', async (t) => {
  const app = await createApp(t)
  const sockets: BrowserSocket[] = []
  const page = await createPage(t, app, { onSocket: (socket) => sockets.push(socket) })
  const film = await startFilm(page, { keepReadable: true })
  const { filming, link } = film
  let answered = 0
  link.onDurable = (seq) => (answered = seq)
  link.send({ kind: 'init' }, INIT)
  for (const [i, fragment] of FRAGMENTS.entries()) {
    link.send({ kind: 'fragment' }, fragment)
    if (i % 8 === 4) {
      await eventually(() => answered > i - 2)
      sockets.at(-1)!.close()
    }
  }
  await durable(link)
  t.ok(sockets.length > 3, `${sockets.length} sockets`)
  await stopFilm(page, film)
  const { recording } = page.state!.filming[filming]!
  const pieces = []
  for await (const { body } of page.frames(`/media/${recording}/stream`)) pieces.push(body)
  t.ok(b4a.equals(b4a.concat(pieces), WHOLE))
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
  const film = await startFilm(page)
  const { filming, link } = film
  for (let at = 0; at < WHOLE.byteLength; at += 7777) {
    link.send({ kind: 'bytes' }, WHOLE.subarray(at, at + 7777))
  }
  await stopFilm(page, film)
  const { recording } = page.state!.filming[filming]!
  const answer = await page.get(`/media/${recording}/file`)
  const pieces: Uint8Array[] = []
  for await (const piece of answer.pieces) pieces.push(piece)
  t.ok(b4a.equals(b4a.concat(pieces), WHOLE))
})

test('a recorder’s bytes are answered when they are in the film, all of them when it has ended', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming, link } = await startFilm(page)
  const cut = WHOLE.byteLength - 100
  for (let at = 0; at < cut; at += 5000)
    link.send({ kind: 'bytes' }, WHOLE.subarray(at, Math.min(cut, at + 5000)))
  await eventually(() => page.state!.filming[filming]!.ownSeconds > 4)
  link.send({ kind: 'bytes' }, WHOLE.subarray(cut))
  t.ok(link.waitingBytes > 0, 'the last entry is not whole')
  link.send({ kind: 'end' })
  await durable(link)
  const { recording } = page.state!.filming[filming]!
  const held = app.device.circles[0]!.replicas.find(({ key }) => z32.encode(key) === recording)!
  await eventually(() => held.timeline.secondsAt(held.length) > 5.5)
  t.is(page.state!.filming[filming]!.phase, 'filming', 'though nobody has stopped the film')
  link.close()
})

test('a frame before which one is missing is not taken, and the page is asked what comes next', async (t) => {
  const { app, page, open } = await socketsByHand(t)
  const { filming } = await page.call('film.start', {})
  const first = await open(filming)
  first.send({ kind: 'init', seq: 1 }, INIT)
  first.send({ kind: 'fragment', seq: 3 }, FRAGMENTS[1]!)
  t.is(await first.closed, 4409)
  const second = await open(filming)
  t.ok(second.nextSeq <= 2, 'the first may not have been taken yet')
  if (second.nextSeq === 1) second.send({ kind: 'init', seq: 1 }, INIT)
  for (let i = 0; i < 3; i++) second.send({ kind: 'fragment', seq: i + 2 }, FRAGMENTS[i]!)
  await page.call('film.stop', { filming, seq: 4 })
  const { parts } = app.host.current.films.get(filming).film
  t.ok(Math.abs(parts[0]!.timeline.secondsAt(Infinity) - 0.75) < 0.05)
})

test('a page that comes again hears what its film is called before what of it is durable', async (t) => {
  const { page, open } = await socketsByHand(t)
  const { filming } = await page.call('film.start', {})
  const first = await open(filming)
  first.send({ kind: 'init', seq: 1 }, INIT)
  first.send({ kind: 'fragment', seq: 2 }, FRAGMENTS[0]!)
  await eventually(() => first.heard.some(({ kind, seq }) => kind === 'durable' && seq === 2))
  first.socket.close()
  const { heard, socket } = await open(filming)
  await eventually(() => heard.some(({ kind }) => kind === 'durable'))
  const told = heard.map(({ kind }) => kind)
  t.alike(told.slice(0, 3), ['ready', 'part', 'durable'])
  t.is(heard[1].recording, first.heard.find(({ kind }) => kind === 'part').recording)
  socket.close()
})

test('what is said before the init segment does not end a film: it stands first in it', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const film = await startFilm(page)
  const { filming, link } = film
  await page.call('film.status', { filming, status: 'camera-lost', atMs: 1_790_000_000_000 })
  link.send({ kind: 'gap', fromUs: 0, toUs: 2_000_000, reason: 'memory-full' })
  sendClip(link, FRAGMENTS.slice(0, 4))
  await stopFilm(page, film)
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
  const film = await startFilm(page)
  const { filming, link } = film
  const cut = INIT.byteLength + FRAGMENTS[0]!.byteLength + 999
  link.send({ kind: 'bytes', head: true }, WHOLE.subarray(0, cut))
  link.send({ kind: 'bytes', head: true }, WHOLE.subarray(0, 7777))
  link.send({ kind: 'bytes' }, WHOLE.subarray(7777))
  await stopFilm(page, film)
  const { reason, parts } = page.state!.filming[filming]!
  t.alike([reason, parts.length], ['stopped', 2])
  const { parts: shot } = app.host.current.films.get(filming).film
  const seconds = shot.map(({ timeline }) => timeline.secondsAt(Infinity))
  t.ok(seconds[0]! > 0.2 && Math.abs(seconds[1]! - 6) < 0.1, String(seconds))
})

test('a film of a page names the one it goes on from, sealed or not', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const one = async (previous?: string): Promise<string> => {
    const asked = previous === undefined ? {} : { previous }
    const { filming, link } = await startFilm(page, { keepReadable: true, ...asked })
    sendClip(link, FRAGMENTS.slice(0, 1))
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
  const film = await startFilm(page)
  const { filming, link } = film
  let over: unknown = null
  link.onOver = (reason, failure) => (over = [reason, failure?.code])
  sendClip(link, FRAGMENTS.slice(0, 1))
  link.send({ kind: 'fragment' }, b4a.alloc(4000, 1))
  await eventually(() => over)
  t.alike(over, ['input-damaged', 'MEDIA_DAMAGED'])
  t.ok(link.isOver)
  t.is(link.send({ kind: 'fragment' }, FRAGMENTS[1]!), null, 'nothing more is taken')
  await eventually(() => page.state!.filming[filming]!.reason === 'input-damaged')
  await eventually(() => page.state!.filming[filming]!.ownSeconds > 0.2)
})

test('a gap, a place, what the phone does and a note stand in the film', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const film = await startFilm(page, { preEventMs: 4000 })
  const { filming, link } = film
  await page.call('film.place', {
    filming,
    place: { latitude: 48.8566, longitude: 2.3522, accuracyM: 12 }
  })
  await page.call('film.battery', { filming, percent: 41 })
  sendClip(link, FRAGMENTS.slice(0, 1))
  link.send({ kind: 'gap', fromUs: 250_000, toUs: 1_250_000, reason: 'camera lost' })
  sendFragments(link, FRAGMENTS.slice(4))
  await durable(link)
  await page.call('film.status', { filming, status: 'hidden' })
  await page.call('film.note', { filming, text: 'at the bridge' })
  await stopFilm(page, film)
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
  const { cookie, key } = await sessionOf(app)
  const page = await createPage(t, app, { session: { cookie, key } })
  const { filming } = await page.call('film.start', {})
  const hello = { type: 'hello', key }
  const { socket, heard } = await speak(app.server.port, `/film/${filming}`, cookie, hello)
  t.alike([heard[0].kind, heard[0].windowBytes], ['ready', WINDOW_BYTES])
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
async function socketsByHand(t: Assert) {
  const app = await createApp(t)
  const { cookie, key } = await sessionOf(app)
  const page = await createPage(t, app, { session: { cookie, key } })
  const open = async (filming: string) => {
    const hello = { type: 'hello', key }
    const spoken = await speak(app.server.port, `/film/${filming}`, cookie, hello)
    const send = (header: object, body: Uint8Array): void =>
      spoken.socket.send(packFrame(header, body))
    const { closed, heard, socket } = spoken
    return { closed, heard, socket, nextSeq: heard[0].nextSeq as number, send }
  }
  return { app, page, open }
}
