import test from 'brittle'
import { MAX_SENT_AGAIN_BYTES } from '../../../core/limits.ts'
import { Served } from '../../../core/replica/pushed/served.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { fill } from '../../helpers/encoding/codecs.ts'
import { eventually } from '../../helpers/eventually.ts'
import { enrolled } from '../../helpers/devices/station.ts'
import { byHand } from '../hostile/by-hand.ts'
import { made } from '../held.ts'

test('what is new is always sent, what was sent before as often as twice and a little more', (t) => {
  const served = new Served()
  const bytes = MAX_SENT_AGAIN_BYTES / 8
  for (let i = 0; i < 4; i++) t.ok(served.take(fill(1), i, bytes))
  let again = 0
  while (served.take(fill(1), again % 4, bytes)) again++
  t.is(again, 8 + 4)
  t.ok(served.take(fill(1), 4, bytes), 'a new block')
  t.is(served.nextOf(fill(1)), 5)
  t.ok(served.take(fill(2), 0, bytes), 'nor has another device had it')
})

test('a member that asks for the newest blocks again and again is sent to fetch them', async (t) => {
  const [author, member] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, 20, 40_000)
  const [part] = film.parts
  const { channel, blocks, refused } = await byHand(t, member, author)
  const { key: recording } = part!
  for (let i = 0; i < 100 && refused.length === 0; i++) {
    const before = blocks.length
    channel.follow({ recording, start: 0 })
    await eventually(() => refused.length > 0 || blocks.length >= before + made(part!))
    channel.unfollow(recording)
  }
  t.is(refused[0]?.first, made(part!), 'up to what it was never sent')
  const bytes = blocks.reduce((sum, { value }) => sum + value.byteLength, 0)
  const film1 = 20 * 41_000
  t.ok(bytes <= MAX_SENT_AGAIN_BYTES + 2 * film1, String(bytes))
})
