import b4a from 'b4a'
import test from 'brittle'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage, createPair } from '../helpers/api/app.ts'
import {
  durable,
  FRAGMENTS,
  sendClip,
  sendFragments,
  startFilm,
  stopFilm,
  WHOLE
} from '../helpers/api/filmed.ts'
import type { Framed } from '../../mobile/ui/state/playback/frames.ts'

test('a film with no circle is on this disk, and nobody has it', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const film = await startFilm(page)
  const { filming, link } = film
  let answered = 0
  link.onDurable = (seq) => (answered = seq)
  sendClip(link)
  await eventually(() => answered === 1 + FRAGMENTS.length)
  t.is(link.waitingBytes, 0, 'nothing waits for an answer')
  t.alike(
    Object.values(page.state!.circles).map(({ name }) => name),
    [''],
    'the circle made for it is called nothing: screens have words for that'
  )
  await stopFilm(page, film)
  const ended = (await eventually(() => {
    const state = page.state!.filming[filming]!
    return state.phase === 'ending' ? state : null
  }))!
  t.ok(Math.abs(ended.seconds - 6) < 0.1, String(ended.seconds))
  t.is(ended.ownSeconds, ended.seconds)
  t.alike([ended.copies, ended.safeSeconds, ended.reason], [0, 0, 'stopped'])
  const held = (await eventually(() => {
    const state = page.state!.recordings[ended.recording!]
    return state?.phase === 'sealed' && state.readable === true ? state : null
  }))!
  t.is(held.filming, null)
  t.ok(held.own)
  const frames: Framed[] = []
  for await (const frame of page.frames(`/media/${ended.recording}/stream`)) frames.push(frame)
  t.is(frames[0]!.header.kind, 'init')
  t.is(frames.at(-1)!.header.kind, 'end')
  t.ok(b4a.equals(b4a.concat(frames.map(({ body }) => body)), WHOLE))
})

test('what another device holds is counted, and watched there live', async (t) => {
  const { page, watcher } = await createPair(t)
  const film = await startFilm(page)
  const { filming, link } = film
  sendClip(link, FRAGMENTS.slice(0, 12))
  const safe = (await eventually(() => {
    const state = page.state!.filming[filming]!
    return state.copies === 1 && state.safeSeconds >= 2.9 ? state : null
  }))!
  t.is(safe.holders.filter(({ length }) => length > 0).length, 1)
  const recording = safe.recording!
  const seen = (await eventually(() => {
    const state = watcher.state!.recordings[recording]
    return state?.phase === 'live' && state.readable === true ? state : null
  }))!
  t.absent(seen.own)
  const frames: Framed[] = []
  let isOver = false
  const watching = (async () => {
    for await (const frame of watcher.frames(`/media/${recording}/stream?at=live`))
      frames.push(frame)
    isOver = true
  })()
  await eventually(() => frames.some(({ header }) => header.kind === 'edge'))
  const first = frames.find(({ header }) => header.kind === 'fragment')!
  t.ok((first.header as any).key, 'live begins with a key')
  sendFragments(link, FRAGMENTS.slice(12))
  await page.call('film.note', { filming, tag: 'plate', text: 'AB-123-CD' })
  await stopFilm(page, film)
  await watching
  t.ok(isOver)
  const shown = frames.filter(({ header }) => header.kind === 'fragment')
  t.ok(b4a.equals(shown.at(-1)!.body, FRAGMENTS.at(-1)!), 'to the last fragment')
  await eventually(() => page.state!.filming[filming]!.phase === 'over')
  const { notes, receipts } = await watcher.call('recording.timeline', { recording })
  t.alike(
    notes.map(({ tag, text, inFilm }) => [tag, text, inFilm]),
    [['plate', 'AB-123-CD', true]]
  )
  t.ok(receipts.length > 0)
  const exported = await watcher.call('export.start', { recording })
  const made = (await eventually(() => {
    const state = watcher.state!.exports[exported.export]
    return state?.phase === 'done' ? state : null
  }))!
  t.ok(made.verdict!.ok)
  const readme = made.files.find(({ name }) => name.startsWith('README'))!
  const file = await watcher.get(`/export/${exported.export}/${readme.name}`)
  t.is(file.status, 200)
  file.cut()
})

test('a watcher who goes away leaves nothing open behind', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const film = await startFilm(page)
  const { filming, link } = film
  sendClip(link, FRAGMENTS.slice(0, 4))
  await durable(link)
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
  await stopFilm(page, film)
})
