// What the screens say of a film afterwards, through the server as a page asks for it.

import test from 'brittle'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage, createPair } from '../helpers/api/app.ts'
import { durable, sendClip, startFilm, stopFilm } from '../helpers/api/filmed.ts'

test('what is said of a finished film is on the timeline of everybody, with who and when', async (t) => {
  const { page, watcher } = await createPair(t)
  const film = await startFilm(page, { keepReadable: true })
  sendClip(film.link)
  await durable(film.link)
  await page.call('film.note', { filming: film.filming, text: 'while it ran' })
  await stopFilm(page, film)
  const { recording } = (await eventually(
    () => Object.values(watcher.state!.recordings).find(({ phase }) => phase === 'sealed') ?? null
  ))!
  const said = { recording, seconds: 2.5, tag: 'badge' as const, text: 'RIO 1234567' }
  await watcher.call('recording.annotate', said)
  await eventually(() => page.state!.recordings[recording]?.annotations === 1)
  const { notes } = await page.call('recording.timeline', { recording })
  t.alike(
    notes.map(({ tag, text, inFilm, afterRevocation }) => [tag, text, inFilm, afterRevocation]),
    [
      ['badge', 'RIO 1234567', false, false],
      [null, 'while it ran', true, false]
    ]
  )
  const [later] = notes
  t.is(later!.seconds, 2.5)
  t.is(later!.by, watcher.state!.device.device)
  t.ok(later!.atMs > 1e12)

  const failure = (asked: object): Promise<string | null> =>
    watcher.call('recording.annotate', { ...said, ...asked } as typeof said).then(
      () => null,
      ({ code }: { code: string }) => code
    )
  t.is(await failure({ seconds: 1000 }), 'BAD_INPUT', 'beyond its end')
  t.is(await failure({ tag: 'rumour' }), 'BAD_INPUT')
  t.is(await failure({ tag: undefined, text: '' }), 'BAD_INPUT')
  t.is(await failure({ text: 'x'.repeat(5000) }), 'BAD_INPUT')
  t.is(await failure({ recording: watcher.state!.device.device }), 'RECORDING_UNKNOWN')

  const { export: id } = await page.call('export.start', { recording })
  const { verdict, files } = (await eventually(() => {
    const state = page.state!.exports[id]
    return state?.phase === 'done' ? state : null
  }))!
  t.ok(verdict!.ok)
  t.alike(
    verdict!.annotations.map(({ text, device }) => [text, device]),
    [['RIO 1234567', later!.by]]
  )
  t.ok(files.some(({ name }) => name === 'annotations/part-1.txt'))
})

test('a note is about the moment that its date names, though it was written later', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const film = await startFilm(page, { keepReadable: true })
  const { filming } = film
  sendClip(film.link)
  await durable(film.link)
  await page.call('film.note', { filming, text: 'now' })
  await page.call('film.note', { filming, text: 'an hour ago', agoMs: 3_600_000 })
  await stopFilm(page, film)
  const recording = (await eventually(() => page.state!.filming[filming]?.recording ?? null))!
  const { notes, seconds } = await page.call('recording.timeline', { recording })
  const [now, ago] = notes as [(typeof notes)[0], (typeof notes)[0]]
  t.ok(now.seconds > 0 && now.seconds <= seconds)
  t.is(ago.seconds, 0, 'never before its film')
  t.ok(Math.abs(now.atMs - ago.atMs - 3_600_000) < 60_000, 'the page could not tell it before')
})
