// A relay as its operator and its circle meet it: real processes, this machine's loopback.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import type { CliProcess } from '../../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice, joinCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { CLIP, RECORD } from '../../helpers/cli/film.ts'
import { longClipIn } from '../../helpers/films/clip.ts'
import { eventually } from '../../helpers/eventually.ts'
import { httpGet } from '../../helpers/cli/http-get.ts'
import { createCliRelay, startRelay } from '../../helpers/cli/relay.ts'

const options = { timeout: 300_000 }

test(
  'with everybody gone, a keeper gets the film from the relay alone, and it verifies',
  options,
  async (t) => {
    const { devices, dir } = await createCliCircle(t, ['contact'])
    const [author, contact] = devices as [CliDevice, CliDevice]
    const relay = await createCliRelay(t, author, dir)
    const keeper = await createCliDevice(t, dir, 'keeper')
    await joinCliCircle(t, author, keeper, 'keeper')
    const first = await startRelay(t, relay)
    const holding = temoin(t, ['hold'], contact)
    await holding.waitFor('ready')
    const { code, last, err } = await run(t, [...RECORD], author)
    t.is(code, 0, err)
    const { recording, length } = last as any
    await first.relaying.waitFor('held')
    await holding.kill('SIGINT')
    await first.relaying.kill('SIGKILL')
    await Promise.all(
      [author, contact].map(({ storage }) => fs.promises.rm(storage, { recursive: true }))
    )

    const { relaying } = await startRelay(t, relay)
    const restoring = temoin(t, ['hold'], keeper)
    await restoring.waitFor('sealed', (line) => line.recording === recording)
    await restoring.kill('SIGINT')
    await relaying.kill('SIGINT')
    const out = path.join(dir, 'package')
    t.is((await run(t, ['export', recording, out], keeper)).code, 0)
    const verified = await run(t, ['verify', out])
    t.is(verified.code, 0, verified.err)
    const { verdict } = { verdict: verified.events.find(({ event }) => event === 'verdict')! }
    t.ok(verdict['ok'])
    t.is(verdict['length'], length)
    const signers = verdict['receipts'].map(({ device }: any) => device)
    t.ok(signers.includes(relay.device), 'the relay’s receipt is among its proofs')
  }
)

test(
  'a full relay is named by the phone, keeps what it has, and goes on when its quota is raised',
  options,
  async (t) => {
    const { devices, dir } = await createCliCircle(t, [])
    const author = devices[0]!
    const relay = await createCliRelay(t, author, dir, 'archive')
    const config = path.join(dir, 'relay.conf')
    await write(config, 'quota = 700k\nreserve = 100k\n')
    const { relaying, port } = await startRelay(t, relay, ['--config', config])
    const clip = await longClipIn(dir, { seconds: 20, bitsPerSecond: 2_000_000 })

    const first = await recordWhereFull(t, author, relay, clip)
    t.ok(/No other device has all of these 20.0 s: archive has/.test(first), first)
    const second = await recordWhereFull(t, author, relay, CLIP, async () => {
      await eventually(async () => (await circleAt(port)).refused === 1)
    })
    t.ok(/archive is full: not safe there/.test(second), second)
    t.is((await httpGet(port, '/healthz')).status, 503)
    t.ok((await httpGet(port, '/')).body.includes('Full: new films are not held here'))
    t.ok((await circleAt(port)).bytes >= 600_000, 'it has what it had')

    await write(config, 'quota = 20M\n')
    const holding = temoin(t, ['hold'], author)
    await holding.waitFor('ready')
    relaying.signal('SIGHUP')
    await relaying.waitFor('reloaded')
    await eventually(() => heldBy(holding, relay) === 2)
    t.is((await httpGet(port, '/healthz')).status, 200)
    await holding.kill('SIGINT')
    await relaying.kill('SIGINT')
  }
)

test(
  'a wrong file at a reload changes nothing, and at a start nothing starts',
  options,
  async (t) => {
    const { devices, dir } = await createCliCircle(t, [])
    const relay = await createCliRelay(t, devices[0]!, dir)
    const config = path.join(dir, 'relay.conf')
    await write(config, 'quota = 20M\n')
    const { relaying, port } = await startRelay(t, relay, ['--config', config])
    await write(config, 'quota = a lot\n')
    relaying.signal('SIGHUP')
    await relaying.waitFor('reload-failed')
    t.ok((await httpGet(port, '/metrics')).body.includes('temoin_relay_capacity_bytes 20000000\n'))
    await relaying.kill('SIGINT')
    const again = await run(t, ['relay', 'run', '--config', config], relay)
    t.is(again.code, 2)
    t.ok(
      /^quota \(line 1 of .*\) takes a size/.test(again.last!['message']),
      again.last!['message']
    )
  }
)

test(
  'metrics and status say what is true, and that a relay that was stopped does not run',
  options,
  async (t) => {
    const { devices, dir } = await createCliCircle(t, [])
    const author = devices[0]!
    const relay = await createCliRelay(t, author, dir)
    t.is((await run(t, ['relay', 'status'], relay)).last!['code'], 'DEVICE_MISSING', 'never ran')
    const { relaying, port } = await startRelay(t, relay)
    t.is(JSON.parse((await httpGet(port, '/status.json')).body).linkedAtMs, null, 'nobody is there')
    t.is(
      (await run(t, ['relay', 'run', '--status-port', 'off'], relay)).code,
      3,
      'one directory, one relay'
    )
    await run(t, [...RECORD], author)
    await relaying.waitFor('held')
    const { body } = await httpGet(port, '/metrics')
    const metric = (name: string): number =>
      Number(new RegExp(`^temoin_relay_${name}(?:{.*})? (.*)$`, 'm').exec(body)?.[1])
    t.is(metric('circles'), 1)
    t.is(metric('circle_recordings'), 1)
    t.is(metric('circle_members'), 2)
    t.ok(metric('receipts_total') > 0)
    t.is(metric('used_bytes'), metric('circle_bytes') + metric('circle_journal_bytes'))
    t.ok(metric('used_bytes') > 200_000)
    const status = await eventually(async () => {
      const { code, last } = await run(t, ['relay', 'status'], relay)
      return code === 0 && last!['circles'][0]?.recordings === 1 && last
    })
    t.is((status as any)['health'], 'good')
    await relaying.kill('SIGINT')
    const after = await run(t, ['relay', 'status'], relay)
    t.alike([after.code, after.last!['running']], [1, false])
  }
)

test('a relay takes no invite that would let it read', options, async (t) => {
  const { devices, dir } = await createCliCircle(t, [])
  const host = temoin(t, ['invite', '--role', 'keeper'], devices[0]!)
  const { url } = await host.waitFor('invite')
  const storage = path.join(dir, 'relay')
  const joined = await run(t, ['relay', 'join', url], { storage })
  t.is(joined.code, 2)
  t.ok(
    /for a keeper, who can read films: ask for one made with "temoin invite --role relay"/.test(
      joined.err + joined.last!['message']
    )
  )
  t.absent(fs.existsSync(storage), 'and nothing was made')
  const piped = await run(t, ['relay', 'join', '-'], { storage, stdin: b4a.from(url + '\n') })
  t.alike([piped.code, /for a keeper/.test(piped.last!['message'])], [2, true], 'by stdin as well')
  t.absent(fs.existsSync(storage))
})

test(
  'a relay joins by an invite on stdin, and names the circle as its other verbs do',
  options,
  async (t) => {
    const { devices, dir, circle } = await createCliCircle(t, [])
    const host = temoin(t, ['invite', '--role', 'relay'], devices[0]!)
    const { url } = await host.waitFor('invite')
    const at = { storage: path.join(dir, 'relay') }
    const stdin = b4a.from(url + '\n')
    const joined = await run(t, ['relay', 'join', '-', '--name', 'relay Lyon'], { ...at, stdin })
    t.alike([joined.code, joined.last!['circle']], [0, circle], joined.err)
    t.ok(joined.err.includes(`a member of ${circle.slice(0, 8)}, as relay`), joined.err)
  }
)

test(
  'what a relay says to somebody who is stuck names commands that it has',
  options,
  async (t) => {
    const storage = path.join(await t.tmp(), 'relay')
    const verbs = [
      ['join'],
      ['run'],
      ['backup', 'copy'],
      ['restore', '--yes'],
      ['forget', 'yb3k9f']
    ]
    for (const verb of verbs) {
      const { code, last } = await run(t, ['relay', ...verb], { storage })
      t.ok(code !== 0 && /temoin-relay join/.test(last!['message']), last!['message'])
      t.absent(/temoin (join|hold|init)/.test(last!['message']), verb[0])
    }
  }
)

test(
  'a new relay fills itself from an old one, and a restored copy goes on as the relay it was',
  options,
  async (t) => {
    const { devices, dir } = await createCliCircle(t, [])
    const author = devices[0]!
    const old = await createCliRelay(t, author, dir, 'old')
    const fresh = await createCliRelay(t, author, dir, 'fresh') // before the film: who joins may take it at once
    const first = await startRelay(t, old)
    const { last } = await run(t, [...RECORD], author)
    const { recording } = last as any
    await first.relaying.waitFor('held')

    const filling = await startRelay(t, fresh)
    await filling.relaying.waitFor('held', (line) => recording.startsWith(line.recording))
    await filling.relaying.kill('SIGINT')
    await first.relaying.kill('SIGINT')

    const copy = { ...old, storage: path.join(dir, 'copy') }
    await copyTree(old.storage, copy.storage)
    const refused = await run(t, ['relay', 'run', '--status-port', 'off'], copy)
    t.is(refused.code, 1, 'a copy does not open by itself')
    t.is(
      (await run(t, ['relay', 'restore'], copy)).code,
      2,
      'nor without a word that the other is gone'
    )
    await fs.promises.rm(old.storage, { recursive: true })
    t.is((await run(t, ['relay', 'restore', '--yes'], copy)).code, 0)
    const restored = await startRelay(t, copy)
    const { body } = await httpGet(restored.port, '/status.json')
    t.is(JSON.parse(body).circles[0].recordings, 1)
    t.is(JSON.parse(body).device, old.device)
    const second = await run(t, [...RECORD], author)
    const holders = second.last!['holders'].filter(({ length }: any) => length > 0)
    t.alike(
      holders.map(({ device }: any) => device),
      [old.device],
      'and holds on'
    )
    await restored.relaying.kill('SIGINT')
  }
)

/**
 * Films all of it, with a relay that is seen to take no more of it, and stays until `heard`.
 * @returns what people read of that
 */
async function recordWhereFull(
  t: Assert,
  author: CliDevice,
  { device }: CliDevice,
  file: string,
  heard: () => Promise<void> = async () => {}
): Promise<string> {
  const recording = temoin(t, ['record', file, '--pace', 'fast', '--wait', '90'], author)
  await recording.waitFor('held', ({ holders }) =>
    holders.some((one: any) => one.device === device && one.full)
  )
  await eventually(() => recording.err.includes('The film is over'))
  await heard()
  await recording.kill('SIGINT')
  return recording.err
}

/** As the relay of one circle shows it. */
async function circleAt(port: number): Promise<any> {
  return JSON.parse((await httpGet(port, '/status.json')).body).circles[0]
}

async function copyTree(from: string, to: string): Promise<void> {
  await fs.promises.mkdir(to, { recursive: true })
  for (const name of (await fs.promises.readdir(from)).map(String)) {
    const [source, target] = [path.join(from, name), path.join(to, name)]
    const stat = await fs.promises.stat(source)
    if (stat.isDirectory()) await copyTree(source, target)
    else await fs.promises.writeFile(target, await fs.promises.readFile(source))
  }
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await fs.promises.writeFile(file, content as never)
}

/** How many of the films of this device that other one has all of, as far as this one has told. */
function heldBy(holding: CliProcess, { device }: CliDevice): number {
  const whole = holding.events.filter(
    ({ event, length, holders }) =>
      event === 'holders' &&
      holders.some((one: any) => one.device === device && one.length >= length)
  )
  return new Set(whole.map(({ recording }) => recording)).size
}
