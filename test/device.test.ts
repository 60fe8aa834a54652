import process from '#process'
import { spawn } from '#subprocess'
import test from 'brittle'
import { candidateKeyPair, inviterKeyPair } from '../core/circle/pairing/invite-keys.ts'
import { Device } from '../core/device.ts'
import type { DeviceOptions } from '../core/device.ts'
import { TemoinError } from '../core/errors.ts'
import type { ErrorCode } from '../core/errors.ts'
import type { Exchange } from '../core/exchange/exchange.ts'
import { exists, fs, path } from '../core/runtime/fs.ts'
import { shoot, shootOn } from './helpers/films/camera.ts'
import {
  createCircle,
  createDevice,
  dirOf,
  isLinked,
  letIn,
  linkedWith,
  reopenDevice,
  replicaAt
} from './helpers/devices/device.ts'
import { decodeInvite } from '../core/encoding/pairing/invite.ts'
import { eventually } from './helpers/eventually.ts'
import { leaks } from './helpers/leaks.ts'
import { refusedOpening } from './helpers/refused.ts'
import { root } from './helpers/root.ts'
import { made } from './replica/held.ts'

test('a device that is closed leaves nothing behind', async (t) => {
  leaks(t)
  const { devices, exchanges } = await createCircle(t, 2)
  const film = devices[0]!.film(exchanges[0]!)
  await shoot(film, 8)
  const held = await replicaAt(devices[1]!, film.parts[0]!.key)
  await film.stop('stopped')
  await eventually(() => held.sealed)
  for (const device of devices) await device.close()
  t.pass()
})

test('a device that is closed in mid-film seals the film first, and leaves nothing behind', async (t) => {
  leaks(t)
  const { devices, exchanges } = await createCircle(t, 1)
  const film = devices[0]!.film(exchanges[0]!, { keepReadable: true })
  await shoot(film, 6)
  await devices[0]!.close()
  t.ok(film.closed)
  const again = await createDevice(t, { dir: dirOf(devices[0]!) })
  const { replica } = again.find(film.parts[0]!.key)
  t.ok(replica.sealed)
  t.is(replica.endReason, 'interrupted')
  t.is(again.interrupted(again.circle()), null)
  await again.close()
})

test('a device remembers its name, its circles and who is in them', async (t) => {
  const { devices } = await createCircle(t, 2, ['keeper'])
  const again = await reopenDevice(t, devices[1]!)
  t.is(again.name, 'device 1')
  const { circle } = again.circle('circle')
  const roles = circle.roster.members.map(({ name, role }) => `${name} ${role}`)
  t.alike(roles.sort(), ['device 0 organiser', 'device 1 keeper'])
})

test('devices that were both restarted find each other where they were', async (t) => {
  const { devices } = await createCircle(t, 2)
  await Promise.all(devices.map((device) => device.close()))
  const [a, b] = await Promise.all(devices.map((device) => createDevice(t, { dir: dirOf(device) })))
  await linkedWith(a!.circle(), 1)
  await eventually(() => isLinked(b!.circle(), a!.key))
  t.pass()
})

test('two devices in two circles share both over one link', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [a, b] = devices as [Device, Device]
  const second = await a.createCircle('second')
  const theirs = await letIn(a, b, second)
  await linkedWith(theirs, 1)
  await linkedWith(second, 1)
  await eventually(() => a.network!.links.length === 1 && b.network!.links.length === 1)
  for (const exchange of [exchanges[0]!, second]) {
    const film = a.film(exchange)
    await shoot(film, 4)
    const held = await replicaAt(b, film.parts[0]!.key)
    await eventually(() => held.length >= 5)
    await film.stop('stopped')
    t.pass('a film in ' + exchange.circle.name)
  }
})

test('who is revoked loses its link, keeps what it has, and gets no more', async (t) => {
  const { devices, exchanges } = await createCircle(t, 3)
  const [author, revoked, other] = devices as [Device, Device, Device]
  const film = author.film(exchanges[0]!)
  await shoot(film, 4)
  const part = film.parts[0]!
  const copies = [await replicaAt(revoked, part.key), await replicaAt(other, part.key)] as const
  await eventually(() => copies.every(({ length }) => length === made(part)))
  await author.trust.revoke(exchanges[0]!, revoked.key, 'seized')
  await eventually(() => revoked.network!.links.length === 0)
  const before = copies[0].length
  await shootOn(film, 4, 12)
  const next = await replicaAt(other, film.parts[1]!.key)
  await eventually(() => next.length >= 9)
  t.is(copies[0].length, before)
  t.is(revoked.circles[0]!.replica(next.key), null, 'nor heard of what was filmed since')
  await eventually(() => !exchanges[2]!.circle.admits(revoked.key))
  t.pass('nor is it let in by another member')
  await film.stop('stopped')
})

test('who is revoked in one circle and not in another gets no more blocks of the first', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [a, b] = devices as [Device, Device]
  const second = await a.createCircle('second')
  await linkedWith(await letIn(a, b, second), 1)
  const film = a.film(exchanges[0]!)
  await shoot(film, 4)
  const part = film.parts[0]!
  const held = await replicaAt(b, part.key)
  await eventually(() => held.length === made(part))
  await a.trust.revoke(exchanges[0]!, b.key, 'seized')
  await eventually(() => !isLinked(exchanges[0]!, b.key))
  const before = held.length
  await shootOn(film, 4, 12)
  const other = a.film(second)
  await shoot(other, 4)
  const seen = await replicaAt(b, other.parts[0]!.key)
  await eventually(() => seen.length >= 5)
  t.is(held.length, before)
  t.is(part.core?.peers.length ?? 0, 0)
  await film.stop('stopped')
  await other.stop('stopped')
})

test('a stranger that knows a device’s key and address gets no link, and no core is opened to it', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [a] = devices as [Device, Device]
  const film = a.film(exchanges[0]!)
  await shoot(film, 2)
  const stranger = await createDevice(t)
  const theirs = await stranger.createCircle('theirs')
  await theirs.circle.meet([], [{ device: a.key, addresses: a.network!.addresses() }], a.key)
  theirs.circle.state.members.push(a.key)
  stranger.network!.setMembers([a.key])
  stranger.network!.nudge(a.key)
  const friend = await createDevice(t)
  await linkedWith(await letIn(a, friend, exchanges[0]!), 2)
  const copy = await replicaAt(friend, film.parts[0]!.key)
  await eventually(() => copy.length >= 3)
  t.is(stranger.network!.links.length, 0)
  await eventually(() => a.network!.links.length === 2)
  await film.stop('stopped')
})

test('closing twice, or while it opens, closes once and for all', async (t) => {
  leaks(t)
  const device = new Device(options(await t.tmp()))
  const opening = device.ready()
  const closing = [device.close(), device.close()]
  await opening.catch(() => {})
  await Promise.all(closing)
  await device.close()
  t.ok(device.closed)
})

test('a device that is closed before it was opened never opens', async (t) => {
  leaks(t)
  const dir = await t.tmp()
  const device = new Device(options(dir))
  await device.close()
  await device.ready()
  t.alike(await fs.promises.readdir(dir), [])
})

for (const [inviter, answersAt] of [
  ['is gone', null],
  ['is silent', 0]
] as const) {
  test(`closing ends an attempt to join whose inviter ${inviter}`, async (t) => {
    leaks(t)
    const { devices, exchanges } = await createCircle(t, 1)
    const [founder] = devices as [Device]
    const [circle] = exchanges as [Exchange]
    const host = await founder.invite({ circle, role: 'contact', uses: 1, expiresInMs: 60_000 })
    const { secret } = decodeInvite(host.url)
    await host.close()
    const seat = inviterKeyPair(secret)
    const asked: unknown[] = []
    if (answersAt !== null) {
      await founder.network!.listen(seat, candidateKeyPair(secret).publicKey, (stream) => {
        stream.on('error', () => {})
        stream.on('data', (ask) => asked.push(ask))
      })
    }
    const device = await createDevice(t)
    let attempts = 0
    const joining = device.join(host.url, { timeoutMs: 60_000, onAttempt: () => attempts++ })
    const outcome = joining.then(
      () => null,
      (err: unknown) => err
    )
    await eventually(() => attempts > 0 && (answersAt === null || asked.length > 0))
    await device.close()
    t.ok(TemoinError.is(await outcome, 'CLOSED'))
    await founder.close()
  })
}

const WRONG: [
  name: string,
  prepare: (dir: string) => Promise<Partial<DeviceOptions>>,
  ErrorCode
][] = [
  ['a directory without a device', async () => ({ create: undefined as never }), 'DEVICE_MISSING'],
  [
    'a file in place of the directory',
    async (dir) => {
      await fs.promises.writeFile(path.join(dir, 'file'), 'x')
      return { dir: path.join(dir, 'file') }
    },
    'STORAGE_DENIED'
  ],
  [
    'a seed that is not one',
    async (dir) => {
      await fs.promises.writeFile(path.join(dir, 'seed'), 'TSEED')
      return {}
    },
    'STORAGE_DAMAGED'
  ],
  [
    'a memory that is not this device’s',
    async (dir) => {
      await fs.promises.writeFile(path.join(dir, 'state'), 'x'.repeat(99))
      return {}
    },
    'STORAGE_DAMAGED'
  ]
]

for (const [name, prepare, code] of WRONG) {
  test(`${name} is said in one sentence, and nothing stays open`, async (t) => {
    leaks(t)
    const dir = await t.tmp()
    const wrong = await prepare(dir)
    const err = await refusedOpening(new Device({ ...options(dir), ...wrong }))
    t.is(err.code, code)
    t.ok(/^[A-Z].*[a-z".)]$/.test(err.message), err.message)
    t.absent(err.message.includes('\n'))
  })
}

test('looking for a device where there is none makes none', async (t) => {
  const dir = path.join(await t.tmp(), 'nothing', 'here')
  const err = await refusedOpening(new Device({ dir, bootstrap: [], host: '127.0.0.1' }))
  t.is(err.code, 'DEVICE_MISSING')
  t.absent(await exists(dir))
})

test('one directory is one device: a second one is refused, in this process', async (t) => {
  const first = await createDevice(t)
  const err = await refusedOpening(new Device(options(dirOf(first))))
  t.is(err.code, 'STORAGE_LOCKED')
  await first.createCircle('still')
  t.is(first.circle().circle.name, 'still', 'the first goes on')
  await first.close()
  await createDevice(t, { dir: dirOf(first) })
  t.pass('and once it is closed another may')
})

test('one directory is one device: a second one is refused, in another process', async (t) => {
  const dir = await t.tmp()
  await (await createDevice(t, { dir })).close()
  const other = spawn(process.execPath, [path.join(root, 'dist/test/store/keep-open.js'), dir], {
    stdio: ['ignore', 'pipe', 'inherit']
  }) as any
  t.teardown(() => other.kill('SIGKILL'), { order: -1 })
  await new Promise((resolve) => other.stdout.once('data', resolve))
  t.is((await refusedOpening(new Device(options(dir)))).code, 'STORAGE_LOCKED')
  const gone = new Promise((resolve) => other.once('exit', resolve))
  other.kill('SIGKILL')
  await gone
  await createDevice(t, { dir })
  t.pass('and once that was killed another may')
})

function options(dir: string): DeviceOptions {
  return { dir, create: { name: 'device' }, bootstrap: [], host: '127.0.0.1', reserveBytes: 0 }
}
