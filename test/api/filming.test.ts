import b4a from 'b4a'
import test from 'brittle'
import type { MediaFrame } from '../../core/api/contract.ts'
import type { Frame } from '../../core/api/frames.ts'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage } from '../helpers/api/app.ts'
import { letIn, linkedWith } from '../helpers/devices/device.ts'
import { fixture } from '../helpers/films/clip.ts'
import { split } from '../helpers/films/media.ts'

const { inits, fragments } = split(fixture('clip-h264-opus.mp4'), { fragmentMs: 0 })

test('a film with no circle is on this disk, and nobody has it', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  let durable = 0
  link.onDurable = (seq) => (durable = seq)
  link.send({ kind: 'init' }, inits[0]!.data)
  for (const { data } of fragments) link.send({ kind: 'fragment' }, data)
  await eventually(() => durable === 1 + fragments.length)
  t.is(link.waitingBytes, 0, 'nothing waits for an answer')
  await page.call('film.stop', { filming, seq: link.lastSeq })
  const film = (await eventually(() => {
    const state = page.state!.filming[filming]!
    return state.phase === 'ending' ? state : null
  }))!
  t.ok(Math.abs(film.seconds - 6) < 0.1, String(film.seconds))
  t.is(film.ownSeconds, film.seconds)
  t.alike([film.copies, film.safeSeconds, film.reason], [0, 0, 'stopped'])
  const held = (await eventually(() => {
    const state = page.state!.recordings[film.recording!]
    return state?.phase === 'sealed' && state.readable === true ? state : null
  }))!
  t.is(held.filming, null)
  t.ok(held.own)
  const frames: Frame<MediaFrame>[] = []
  for await (const frame of page.frames(`/media/${film.recording}/stream`)) frames.push(frame)
  t.is(frames[0]!.header.kind, 'init')
  t.is(frames.at(-1)!.header.kind, 'end')
  const bytes = b4a.concat(frames.map(({ body }) => body))
  t.ok(b4a.equals(bytes, b4a.concat([inits[0]!.data, ...fragments.map(({ data }) => data)])))
})

test('what another device holds is counted, and watched there live', async (t) => {
  const author = await createApp(t, { name: 'author' })
  const holder = await createApp(t, { name: 'holder' })
  const exchange = await author.device.createCircle('circle')
  await letIn(author.device, holder.device, exchange)
  await linkedWith(exchange, 1)
  const page = await createPage(t, author)
  const watcher = await createPage(t, holder)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  link.send({ kind: 'init' }, inits[0]!.data)
  for (const { data } of fragments.slice(0, 12)) link.send({ kind: 'fragment' }, data)
  const film = (await eventually(() => {
    const state = page.state!.filming[filming]!
    return state.copies === 1 && state.safeSeconds >= 2.9 ? state : null
  }))!
  t.is(film.holders.filter(({ length }) => length > 0).length, 1)
  const seen = (await eventually(() => {
    const state = watcher.state!.recordings[film.recording!]
    return state?.phase === 'live' && state.readable === true ? state : null
  }))!
  t.absent(seen.own)
  const frames: Frame<MediaFrame>[] = []
  let isOver = false
  const watching = (async () => {
    for await (const frame of watcher.frames(`/media/${film.recording}/stream?at=live`))
      frames.push(frame)
    isOver = true
  })()
  await eventually(() => frames.some(({ header }) => header.kind === 'edge'))
  const first = frames.find(({ header }) => header.kind === 'fragment')!
  t.ok((first.header as any).key, 'live begins with a key')
  for (const { data } of fragments.slice(12)) link.send({ kind: 'fragment' }, data)
  await page.call('film.note', { filming, tag: 'plate', text: 'AB-123-CD' })
  await page.call('film.stop', { filming, seq: link.lastSeq })
  await watching
  t.ok(isOver)
  const shown = frames.filter(({ header }) => header.kind === 'fragment')
  t.ok(b4a.equals(shown.at(-1)!.body, fragments.at(-1)!.data), 'to the last fragment')
  await eventually(() => page.state!.filming[filming]!.phase === 'over')
  const { notes, receipts } = await watcher.call('recording.timeline', {
    recording: film.recording!
  })
  t.alike(
    notes.map(({ tag, text, inFilm }) => [tag, text, inFilm]),
    [['plate', 'AB-123-CD', true]]
  )
  t.ok(receipts.length > 0)
  const exported = await watcher.call('export.start', { recording: film.recording! })
  const made = (await eventually(() => {
    const state = watcher.state!.exports[exported.export]
    return state?.phase === 'done' ? state : null
  }))!
  t.ok(made.verdict!.ok)
  const readme = made.files.find(({ name }) => name.startsWith('README'))!
  const file = await watcher.get(`/export/${exported.export}/${readme.name}`)
  t.ok(file.ok)
})

test('a watcher who goes away leaves nothing open behind', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { filming } = await page.call('film.start', {})
  const link = page.film(filming)
  link.send({ kind: 'init' }, inits[0]!.data)
  for (const { data } of fragments.slice(0, 4)) link.send({ kind: 'fragment' }, data)
  await eventually(() => link.waitingBytes === 0)
  const { recording } = (await eventually(() => {
    const state = page.state!.filming[filming]!
    return state.recording === null ? null : state
  }))!
  const { replica } = app.device.find(app.host.current.films.get(filming).film.parts[0]!.key)
  const before = replica.listenerCount('grow')
  for await (const { header } of page.frames(`/media/${recording}/stream?at=live`)) {
    if (header.kind === 'edge') break // it waits for more, and is left
    t.ok(replica.listenerCount('grow') > before, 'it listens while somebody watches')
  }
  await eventually(() => replica.listenerCount('grow') === before)
  t.pass('and stops when nobody does')
  await page.call('film.stop', { filming, seq: link.lastSeq })
})
