import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import type { Entry } from '../../core/encoding/recording/entry.ts'
import { MAX_FRAGMENT_BYTES } from '../../core/limits.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { DESCRIPTION, INIT, fragment, shoot, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled } from '../helpers/devices/station.ts'
import { reaches, replicaAt } from '../replica/held.ts'
import { holdFlushes } from '../replica/hold-flushes.ts'

test('the announcement is on the disk of who films before the first block leaves', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const release = holdFlushes(t, author)
  const film = author.film(t)
  const begun = film.begin(DESCRIPTION, INIT)
  const announced = await eventually(() => holder.exchange.replicas[0])
  await announced!.ready()
  await eventually(() => announced!.mode === 'push')
  t.is(author.exchange.replicas[0]!.length, 0)
  t.is(announced!.length, 0)
  release()
  await begun
  await reaches(announced!, 1)
  t.pass('then it does')
})

test('a part ends when its time is up, though the clock is set back, and the next begins at a key frame', async (t) => {
  const clock = { ms: 1000, now: () => 1e6 - clock.ms, monotonicMs: () => clock.ms }
  const [author, reader] = await enrolled(t, 'contact')
  const film = author.film(t, { rotateAfterMs: 1000, clock })
  await film.begin(DESCRIPTION, INIT)
  for (let i = 0; i < 12; i++) {
    await film.fragment(fragment(i))
    clock.ms += 250
  }
  await film.stop('stopped')
  t.is(film.parts.length, 3)
  await connect(t, author, reader)
  for (const [i, part] of film.parts.entries()) {
    const copy = await replicaAt(reader, part.key)
    await eventually(() => copy.timeline.seal !== null)
    const entries = await entriesOf(copy)
    const first = entries.find(({ kind }) => kind === 'fragment')!
    t.ok(first.kind === 'fragment' && first.body.key, 'part ' + i + ' can be played from its start')
    t.is(copy.timeline.seal!.reason, i < 2 ? 'rotated' : 'stopped')
    t.alike(copy.announced.previous, film.parts[i - 1]?.key ?? null)
    t.ok(b4a.equals(copy.reader!.private.init, INIT))
    t.is(copy.seconds, 1)
  }
})

test('a change of media in mid-film begins a new part', async (t) => {
  const [author, reader] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, 4)
  const other = { ...DESCRIPTION, mime: 'video/webm; codecs="vp8,opus"' }
  await film.begin(other, b4a.from('another init'))
  await shootOn(film, 4, 8)
  await film.stop('stopped')
  await connect(t, author, reader)
  const copies = await Promise.all(film.parts.map(({ key }) => replicaAt(reader, key)))
  await eventually(() => copies.every((copy) => copy.timeline.seal !== null))
  t.alike(
    copies.map((copy) => copy.reader!.private.mime),
    [DESCRIPTION.mime, other.mime]
  )
  t.alike(copies[1]!.announced.previous, copies[0]!.key)
})

test('a film begins where the one before was cut off, and says so', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const previous = b4a.alloc(32, 5)
  const film = author.film(t, { previous })
  await shoot(film, 1)
  t.alike(film.parts[0]!.announced.previous, previous)
})

test('a fragment larger than a block goes in pieces, and comes out whole', async (t) => {
  const [author, reader] = await enrolled(t, 'contact')
  const film = author.film(t)
  await film.begin(DESCRIPTION, INIT)
  const large = fragment(0, MAX_FRAGMENT_BYTES + 5000)
  await film.fragment(large)
  await film.stop('stopped')
  await connect(t, author, reader)
  const copy = await replicaAt(reader, film.parts[0]!.key)
  await eventually(() => copy.timeline.seal !== null)
  const pieces = (await entriesOf(copy)).flatMap((entry) =>
    entry.kind === 'fragment' ? [entry.body] : []
  )
  t.alike(
    pieces.map(({ key, continued }) => [key, continued]),
    [
      [true, false],
      [false, true]
    ]
  )
  t.ok(b4a.equals(b4a.concat(pieces.map(({ data }) => data)), large.data))
  t.is(copy.seconds, 0.25)
})

test('a second of film has a checkpoint over all media so far', async (t) => {
  const [author, reader] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, 13)
  await film.stop('stopped')
  await connect(t, author, reader)
  const copy = await replicaAt(reader, film.parts[0]!.key)
  await eventually(() => copy.timeline.seal !== null)
  let mediaBytes = INIT.byteLength
  const checkpoints: [said: number, filmed: number][] = []
  for (const entry of await entriesOf(copy)) {
    if (entry.kind === 'fragment') mediaBytes += entry.body.data.byteLength
    if (entry.kind === 'checkpoint') checkpoints.push([entry.body.mediaBytes, mediaBytes])
  }
  t.is(checkpoints.length, 3)
  t.ok(checkpoints.every(([said, filmed]) => said === filmed))
})

test('a film that is stopped before it began has nothing to seal', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const film = author.film(t)
  await film.stop('stopped')
  t.alike([film.parts, film.seconds], [[], 0])
})

test('media before its init segment, or after the end, is refused', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const film = author.film(t)
  await refusedAsBadState(t, film.fragment(fragment(0)))
  await shoot(film, 2)
  await film.stop('stopped')
  await refusedAsBadState(t, film.fragment(fragment(2)))
  await refusedAsBadState(t, film.begin(DESCRIPTION, INIT))
  t.is(film.parts.length, 1)
})

test('what was handed in before the stop is in the film, though nobody waited', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const film = author.film(t)
  void film.begin(DESCRIPTION, INIT)
  for (let i = 0; i < 8; i++) void film.fragment(fragment(i))
  await film.stop('stopped')
  t.is(film.seconds, 2)
  t.is(film.parts[0]!.end, film.parts[0]!.length)
})

test('the circle hears of the end with the seal’s length and reason', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, 4)
  await film.stop('interrupted')
  const said = author.circle.lines.flatMap(({ entry }) =>
    entry.kind === 'recording-sealed' ? [entry.body] : []
  )
  const part = film.parts[0]!
  t.alike(
    said.map(({ recording, length, reason }) => [recording, length, reason]),
    [[part.key, part.length, 'interrupted']]
  )
  t.alike(said[0]!.treeHash, await part.core!.treeHash())
})

async function entriesOf(replica: Replica): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let i = 1; i < replica.length; i++) {
    entries.push(replica.reader!.entry(i, (await replica.core!.get(i, { wait: false }))!))
  }
  return entries
}

async function refusedAsBadState(t: Assert, done: Promise<unknown>): Promise<void> {
  const err = await done.then(
    () => null,
    (err: unknown) => err
  )
  t.ok(TemoinError.is(err, 'BAD_STATE'))
}
