// A seized organiser's phone lets in hundreds of devices that it has made up: what the others do goes on.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { MAX_MEMBERS } from '../../core/limits.ts'
import { readPublicHeader } from '../../core/recording/reader.ts'
import { shoot } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { agree, connect, enrolled, revoke } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'

const CROWD = MAX_MEMBERS + 20

test('however many devices an organiser makes up, everybody else films on, for those they knew before', async (t) => {
  const { author, friend } = await crowded(t)
  const film = author.film(t)
  await shoot(film, 2)
  const block = (await film.parts[0]!.core!.get(0))!
  const boxes = readPublicHeader(block).wrappedKeys
  t.is(boxes.length, MAX_MEMBERS)
  t.ok(boxes.some((box) => friend.keys.unwrap(box) !== null))
})

test('nor do they keep a circle from a new secret once their maker is cut off', async (t) => {
  const { author, friend, seized } = await crowded(t)
  await revoke(author, seized)
  await agree(author, friend, seized)
  const { circle } = author
  const { entry } = circle.lines.find((line) => line.entry.kind === 'rekeyed')!
  t.is(entry.kind, 'rekeyed')
  if (entry.kind !== 'rekeyed') return
  const named = (device: Uint8Array, list: Uint8Array[]): boolean =>
    list.some((one) => b4a.equals(one, device))
  t.ok(named(seized.keys.device, entry.body.without), 'it shuts out who was cut off')
  t.ok(
    named(
      friend.keys.device,
      entry.body.wrapped.map(({ device }) => device)
    )
  )
})

/** A founder who films, a friend of theirs, and an organiser's phone that was seized. */
async function crowded(t: Assert) {
  const [author, friend, seized] = await enrolled(t, 'contact', 'organiser')
  await connect(t, author, friend)
  await connect(t, author, seized)
  for (let i = 0; i < CROWD; i++) await letInOneMore(seized)
  await eventually(() => author.circle.roster.members.length === 3 + CROWD)
  return { author, friend, seized }
}

async function letInOneMore({ circle, clock }: Station): Promise<void> {
  const { signedBox } = new DeviceKeys(randomBytes(32))
  const atMs = clock.now()
  const body = { ...signedBox, role: 'contact' as const, name: 'nobody', atMs, seen: [] }
  await circle.say({ kind: 'member-added', body })
}
