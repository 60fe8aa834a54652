import b4a from 'b4a'
import test from 'brittle'
import { presenceIn, presenceOf } from '../../../core/exchange/members/presence.ts'
import type { LiveFacts } from '../../../core/exchange/members/presence.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { fill } from '../../helpers/encoding/codecs.ts'
import { eventually } from '../../helpers/eventually.ts'
import { History } from '../../helpers/rosters/histories.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import { made } from '../../replica/held.ts'
import { holdFlushes } from '../../replica/hold-flushes.ts'

const [SELF, ANA, BO, CHEN] = [fill(1), fill(2), fill(3), fill(4)]
const MEMBERS = [SELF, ANA, BO, CHEN].map((device) => ({
  device,
  name: 'somebody',
  role: 'contact' as const
}))

const stays = (): null => null

function live(author: Uint8Array, held: [Uint8Array, number][]): LiveFacts {
  const heldBy = (device: Uint8Array): number =>
    held.find(([holder]) => b4a.equals(holder, device))?.[1] ?? 0
  return { recording: fill(9), author, length: 40, heldBy }
}

test('who is here, since when, and who is full', (t) => {
  const peers = [
    { device: ANA, sinceMs: 500, full: false },
    { device: ANA, sinceMs: 300, full: true }
  ]
  const [ana, bo] = presenceOf({ self: SELF, members: MEMBERS, peers, live: [], leavesAt: stays })
  t.alike([ana!.online, ana!.sinceMs, ana!.full], [true, 300, true])
  t.alike([bo!.online, bo!.sinceMs, bo!.full], [false, null, false])
})

test('who is cut off or unconfirmed is awaited by nobody', (t) => {
  const story = new History('ben:organiser', 'cleo')
  const known = [...story.lines]
  story.adds('ben', 'dora')
  story.revokes('ana', 'ben', { knows: known })
  const exchange = { circle: story, replicas: [], peers: [], leavesAt: stays }
  const others = presenceIn(exchange, story.key('ana'), 0)
  t.alike(
    others.map(({ device }) => story.nameOf(device)),
    ['cleo']
  )
})

test('each member but the author is behind by what it has not signed for', (t) => {
  const films = [
    live(CHEN, [
      [ANA, 40],
      [BO, 25]
    ])
  ]
  const all = presenceOf({ self: SELF, members: MEMBERS, peers: [], live: films, leavesAt: stays })
  t.alike(
    all.map(({ device, behind }) => [
      device[0],
      behind.map(({ length, missing }) => [length, missing])
    ]),
    [
      [2, [[40, 0]]],
      [3, [[25, 15]]],
      [4, []]
    ]
  )
})

test('a holder that is gone is behind by all it had not flushed, whatever it was sent', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  holdFlushes(t, holder)
  const wire = await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 8)
  const part = film.parts[0]!
  await eventually(() => holder.exchange.replica(part.key)?.length === made(part))
  wire.cut()
  await eventually(() => author.exchange.peers.length === 0)
  const [member] = presenceIn(author.exchange, author.keys.device, author.clock.now())
  t.is(member!.online, false)
  t.alike(
    member!.behind.map(({ length, missing }) => [length, missing]),
    [[0, made(part)]]
  )
})
