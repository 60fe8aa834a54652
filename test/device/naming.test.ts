import b4a from 'b4a'
import test from 'brittle'
import type { Device } from '../../core/device.ts'
import { TemoinError } from '../../core/errors.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { passphraseBytes } from '../../core/identity/passphrase.ts'
import { loadSeed, putUnderPassphrase } from '../../core/identity/seed-file.ts'
import { MAX_NAMES } from '../../core/limits.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import {
  createCircle,
  createDevice,
  dirOf,
  letIn,
  linkedWith,
  reopenDevice
} from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'

test('who filmed before it had a name is called by it afterwards, by everybody in every circle', async (t) => {
  const founder = await createDevice(t, { name: 'device-1a2b' })
  const silent = await founder.createCircle('')
  const second = await founder.createCircle('street')
  await founder.rename('  Ana ')
  t.is(founder.name, 'Ana')
  const ben = await createDevice(t, { name: 'Ben' })
  for (const circle of [silent, second]) {
    const theirs = await letIn(founder, ben, circle)
    await eventually(() => nameIn(theirs, founder) === 'Ana')
    const [first] = theirs.circle.roster.members
    t.alike([first!.addedAs, first!.name], ['device-1a2b', 'Ana'])
  }
})

test('a change of name comes to every member, with when, and stays', async (t) => {
  const { devices, exchanges } = await createCircle(t, 3)
  const [, ben] = devices as [Device, Device, Device]
  await ben.rename('Benjamin')
  for (const exchange of exchanges) await eventually(() => nameIn(exchange, ben) === 'Benjamin')
  const { history } = exchanges[2]!.circle.roster
  const said = history.find(({ kind }) => kind === 'named')!
  t.alike([said.was, said.name, said.by], ['device 1', 'Benjamin', ben.key])
  t.ok(said.atMs > 0)
  const added = history.find(({ kind, about }) => kind === 'member-added' && isOf(about, ben))
  t.is(added!.name, 'device 1', 'what it was called when it was let in')
  const again = await reopenDevice(t, devices[2]!)
  t.is(nameIn(again.circle(), ben), 'Benjamin')
})

test('without a link it is said all the same, and waits in the journal', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [founder, ben] = devices as [Device, Device]
  await ben.close()
  const alone = await createDevice(t, { dir: dirOf(ben), offline: true })
  await alone.rename('Benjamin')
  await alone.close()
  t.is(nameIn(exchanges[0]!, ben), 'device 1')
  const back = await createDevice(t, { dir: dirOf(ben) })
  await eventually(() => nameIn(exchanges[0]!, ben) === 'Benjamin')
  t.is(back.name, 'Benjamin')
  t.is(nameIn(exchanges[0]!, founder), 'device 0')
})

test('after an unclean stop it is called by what it says in the journal that follows', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  let ben = devices[1]!
  for (const name of ['first', 'second', 'third', 'fourth']) {
    await ben.close()
    await fs.promises.rm(path.join(dirOf(ben), 'clean'))
    ben = await createDevice(t, { dir: dirOf(ben) })
    await ben.rename(name)
    t.is(nameIn(ben.circle(), ben), name)
  }
  await eventually(() => nameIn(exchanges[0]!, ben) === 'fourth')
  const heads = ben.circle().circle.heads.filter(({ device }) => isOf(device, ben))
  t.ok(heads.length >= 4, 'a journal for each start')
})

test('what it is called already is not said again, and after so many changes no more', async (t) => {
  const { devices, exchanges } = await createCircle(t, 1)
  const [device] = devices as [Device]
  const other = await device.createCircle('other')
  const said = (): number => exchanges[0]!.circle.namesSaidBy(device.key).length
  await device.rename('device 0')
  t.is(said(), 0)
  for (let i = 1; i <= MAX_NAMES; i++) await device.rename(`name ${i % 2}`)
  t.is(said(), MAX_NAMES)
  const err = await device.rename('one more').catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'BAD_STATE'))
  t.alike([device.name, nameIn(other, device)], ['name 0', 'name 0'], 'nor in another circle')
})

test('a name is cleaned as it is wherever it is shown; one that is empty or too long is none', async (t) => {
  const device = await createDevice(t, { name: 'Ana' })
  await device.rename('A\u202ena\u0007ïs ')
  t.is(device.name, 'Anaïs')
  for (const wrong of ['', ' \u200b', 'é'.repeat(33)]) {
    const err = await device.rename(wrong).catch((err: unknown) => err)
    t.ok(TemoinError.is(err, 'BAD_INPUT'))
  }
  t.is(device.name, 'Anaïs')
})

test('a locked device says nothing of its name', async (t) => {
  const { devices, exchanges } = await createCircle(t, 1)
  const [device] = devices as [Device]
  const passphrase = passphraseBytes('five words by pure chance')
  const seed = (await loadSeed(dirOf(device)))!
  await putUnderPassphrase(dirOf(device), seed, passphrase, { passes: 1, memoryKiB: 64 })
  await device.lock()
  const err = await device.rename('Ana').catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'DEVICE_LOCKED'))
  t.is(nameIn(exchanges[0]!, device), 'device 0')
})

test('a relay, and who was cut off, say no names; a relay reads none', async (t) => {
  const { devices, exchanges } = await createCircle(t, 3, ['relay', 'contact'])
  const [founder, relay, gone] = devices as [Device, Device, Device]
  await founder.rename('Ana')
  await eventually(() => nameIn(exchanges[2]!, founder) === 'Ana')
  t.alike(await relay.rename('box'), [])
  t.is(relay.name, 'box')
  await founder.trust.revoke(exchanges[0]!, gone.key, '')
  await eventually(() => exchanges[2]!.circle.roster.active(gone.key) === null)
  t.alike(await gone.rename('still here'), [])
  t.is(exchanges[2]!.circle.namesSaidBy(gone.key).length, 0)
  await eventually(() => exchanges[1]!.circle.roster.active(gone.key) === null)
  t.alike(
    exchanges[1]!.circle.roster.members.map(({ name }) => name),
    ['', '', '']
  )
  t.absent(exchanges[1]!.circle.roster.history.some(({ kind }) => kind === 'named'))
})

test('the name that is given with an invite is told in that circle alone', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [, ben] = devices as [Device, Device]
  const founder = await createDevice(t, { name: 'founder' })
  const other = await founder.createCircle('other')
  const host = await founder.invite({
    circle: other,
    role: 'contact',
    uses: 1,
    expiresInMs: 60_000
  })
  const theirs = await ben.join(host.url, { name: 'Zoe', timeoutMs: 60_000 })
  await host.close()
  await linkedWith(theirs, 1)
  t.is(nameIn(theirs, ben), 'Zoe')
  t.is(exchanges[1]!.circle.namesSaidBy(ben.key).length, 0)
  t.is(nameIn(exchanges[1]!, ben), 'device 1')
})

function nameIn({ circle }: Exchange, { key }: Device): string | undefined {
  return circle.roster.find(key)?.name
}

function isOf(device: Uint8Array, { key }: Device): boolean {
  return b4a.equals(device, key)
}
