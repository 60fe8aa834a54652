// A relay holds all that a circle films and says, and can read none of it: not its name, nor its members',
// nor where they were. `temoin-relay` itself joins and holds, and logs all it can; then its directory, what it
// printed, what its page and metrics show, and its memory are searched for all that was planted. The same
// search finds it with a contact: so the search can fail.

import b4a from 'b4a'
import test from 'brittle'
import z32 from 'z32'
import type { Assert } from 'brittle'
import { journalKey, outlineKey, relaySecretIn } from '../../../core/circle/keys/secrets.ts'
import type { Device } from '../../../core/device.ts'
import { deviceState } from '../../../core/encoding/memory/device-state.ts'
import { encode } from '../../../core/encoding/wire.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { loadSeed } from '../../../core/identity/seed-file.ts'
import { readPublicHeader } from '../../../core/recording/reader.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { path, readFileIfAny } from '../../../core/runtime/fs.ts'
import type { Role } from '../../../core/types/keys.ts'
import { fragment, INIT } from '../../helpers/films/camera.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import type { CliProcess } from '../../helpers/cli/cli.ts'
import { httpGet } from '../../helpers/cli/http-get.ts'
import { filesIn } from '../../helpers/crashes/crash.ts'
import { createDevice, dirOf, letIn } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'
import { Needles } from '../../helpers/secrets/needles.ts'
import { PLACE_TEXT, placedFilm } from '../../helpers/films/placed-film.ts'
import { canReadMemory, inMemory } from '../../helpers/secrets/process-memory.ts'
import { examine } from '../../seized/examiner.ts'

const NAMES = {
  'name of the circle': 'Brigade Peregrine',
  'name of the founder': 'Ottoline Quennell',
  'name of the contact': 'Ferdinand Oskarsson',
  'name of who was revoked': 'Zebulon Tarrant',
  'name that the founder took': 'Philippa Yarborough'
}
const TEXTS = {
  ...NAMES,
  'reason of a revocation': 'phone taken at the Marguerite bridge'
}
/** Afterwards, sealed as the film is: no member has it but beside the film. */
const SAID = 'the second van was from Quimperle'
const NOTE = 'they took the one with the turquoise scarf'

test(
  'A relay holds it all, and neither its disk, nor what it prints, nor its memory tells of it',
  {
    timeout: 300_000
  },
  async (t) => {
    const all = await scene(t)
    const { relay, contact, secrets, shared, filmed } = all
    const outputs = [relay.joined, relay.holding].map(({ out, err }) => b4a.from(out + err))
    const needles = new Needles({ ...TEXTS, ...secrets, ...filmed })
    t.alike(seenIn(outputs, needles), [], 'what it printed')
    t.alike(seenIn(await shown(t, relay.holding), needles), [], 'what it shows')

    const log = logOf(relay.holding)
    t.alike(seenIn([b4a.from(log)], new Needles(wholeKeys(all))), [], 'no whole key is in its log')
    t.absent(/\d+\.\d+\.\d+\.\d+/.test(log), 'nor an address')

    if (canReadMemory()) {
      t.alike(await inMemory(relay.holding.pid, needles), [], 'its memory')
      const parts = Object.keys(shared).sort()
      await eventually(async () => {
        const read = await inMemory(relay.holding.pid, new Needles(shared))
        return parts.every((name) => read.includes(name))
      })
      t.pass('which was read')
      const known = { ...TEXTS, ...secrets }
      await eventually(async () => {
        const read = await inMemory(contact.holding.pid, needles)
        return Object.keys(known).every((name) => read.includes(name))
      })
      t.pass('in the memory of a contact: all of that')
    } else t.comment('The memory of another process can be read on Linux only: left out here')

    for (const { holding } of [relay, contact]) await holding.kill('SIGINT')
    const files = ['relay-status', 'relay-memory'].map((name) => path.join(relay.storage, name))
    const kept = await Promise.all(files.map(async (file) => (await readFileIfAny(file))!))
    t.ok(kept.every((bytes) => bytes.byteLength > 0))
    t.alike(seenIn(kept, needles), [], 'what it keeps beside the store')
    t.alike(
      seenIn(await onDisk(t, relay.storage), needles),
      [],
      'its disk, opened with all its keys'
    )
    const known = seenIn(await onDisk(t, contact.storage), needles)
    for (const name of Object.keys({ ...TEXTS, 'circle secret': 0 })) {
      t.ok(known.includes(name), `on the disk of a contact: the ${name}`)
    }
    const film = await exported(t, all, contact)
    for (const name of Object.keys(filmed)) t.ok(seenIn(film, needles).includes(name), name)
  }
)

interface Member {
  storage: string
  joined: { out: string; err: string }
  holding: CliProcess
}

interface Scene {
  relay: Member
  contact: Member
  /** Of the circle, as text. */
  circle: string
  recording: string
  /** Keys that no relay has. */
  secrets: Record<string, Uint8Array>
  /** Keys that it has. */
  shared: Record<string, Uint8Array>
  /** What is in the film, and its key. */
  filmed: Record<string, string | Uint8Array>
}

async function scene(t: Assert): Promise<Scene> {
  const founder = await createDevice(t, { name: TEXTS['name of the founder'] })
  const exchange = await founder.createCircle(TEXTS['name of the circle'])
  const contact = await join(t, founder, exchange, 'contact', TEXTS['name of the contact'])
  const relay = await join(t, founder, exchange, 'relay', 'box in a cellar')
  const seized = await createDevice(t, { name: TEXTS['name of who was revoked'] })
  await letIn(founder, seized, exchange)
  await founder.trust.revoke(exchange, seized.key, TEXTS['reason of a revocation'])
  await founder.rename(TEXTS['name that the founder took'])
  const part = await film(founder, exchange)
  const recording = z32.encode(part.key)
  await founder.annotations.add(exchange, part, {
    ...{ tag: 'unit', filmMs: 250 },
    text: SAID
  })
  await contact.holding.waitFor('sealed')
  await eventually(() => logged(relay.holding, 'held'))
  const filmed = { ...MEDIA, 'the key of the film': await readKeyOf(part, contact) }
  const circle = z32.encode(exchange.circle.id)
  return { relay, contact, circle, recording, filmed, ...keysOf(exchange) }
}

/** By the verbs, as anybody would. */
async function join(
  t: Assert,
  founder: Device,
  circle: Exchange,
  role: Role,
  name: string
): Promise<Member> {
  const storage = path.join(await t.tmp(), 'device')
  const host = await founder.invite({ circle, role, uses: 1, expiresInMs: 60_000 })
  const command = role === 'relay' ? ['relay'] : []
  const joined = await run(t, [...command, 'join', host.url, '--name', name], { storage })
  if (joined.code !== 0) throw new Error(joined.err)
  await host.close()
  const holding = role === 'relay' ? await relaying(t, storage) : temoin(t, ['hold'], { storage })
  if (role !== 'relay') await holding.waitFor('ready')
  await eventually(() => circle.peers.some(({ device }) => roleOf(circle, device) === role))
  return { storage, joined, holding }
}

/** As a service, with a log that says all there is to say. */
async function relaying(t: Assert, storage: string): Promise<CliProcess> {
  const words = ['--log-level', 'debug', '--log-format', 'json', '--status-port', '0']
  const args = ['relay', 'run', ...words, '--keep-free', '100M']
  const holding = temoin(t, args, { storage, json: false })
  await eventually(() => logged(holding, 'ready'))
  return holding
}

/** A line of its log, once it is there. */
function logged({ err }: CliProcess, event: string): Record<string, any> | undefined {
  const whole = err.slice(0, err.lastIndexOf('\n') + 1).split('\n')
  const lines = whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  return lines.find((line) => line.event === event)
}

/** Its log but for the line that says where its own page is. */
function logOf({ err }: CliProcess): string {
  const lines = err.split('\n').filter((line) => !line.includes('"event":"status-page"'))
  return lines.join('\n')
}

/** All that its log is about. */
function wholeKeys({ circle, recording, relay, contact }: Scene): Record<string, string> {
  const device = ({ joined }: Member): string => JSON.parse(lastLine(joined.out)).device
  return { circle, recording, 'relay itself': device(relay), contact: device(contact) }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)!
}

/** The page in both languages, the metrics, and its status as JSON and as text. */
async function shown(t: Assert, holding: CliProcess): Promise<Uint8Array[]> {
  const { port } = logged(holding, 'status-page')!
  const paths = ['/?lang=fr', '/?lang=en', '/metrics', '/status.json', '/healthz']
  const got = await Promise.all(paths.map((one) => httpGet(port, one)))
  t.ok(got.every(({ status, body }) => status === 200 && body.length > 0))
  return got.map(({ body }) => b4a.from(body))
}

function roleOf({ circle }: Exchange, device: Uint8Array): Role | undefined {
  return circle.roster.active(device)?.role
}

const MEDIA = {
  'a note': NOTE,
  'what was said of the film afterwards': SAID,
  'a place': PLACE_TEXT,
  'bytes of the film': fragment(3).data.subarray(100, 164),
  'the first bytes of the film': INIT.subarray(100, 164)
}

async function film(founder: Device, exchange: Exchange): Promise<Replica> {
  const keys = new DeviceKeys(b4a.from((await loadSeed(dirOf(founder)))!))
  const readers = exchange.circle.roster.readers().map(({ box }) => box)
  return placedFilm({ exchange, keys, readers, fragments: 12, note: NOTE })
}

/** What opens it from its first block on. */
async function readKeyOf(part: Replica, { storage }: Member): Promise<Uint8Array> {
  const reader = new DeviceKeys(b4a.from((await loadSeed(storage))!))
  const { wrappedKeys } = readPublicHeader((await part.core!.get(0, { wait: false }))!)
  return wrappedKeys.map((box) => reader.unwrap(box)).find((key) => key !== null)!
}

function keysOf({ circle }: Exchange): Pick<Scene, 'secrets' | 'shared'> {
  const { secret, later } = circle.state
  const current = later.at(-1)!
  return {
    secrets: {
      'circle secret': b4a.from(secret.bytes),
      'secret of the second epoch': b4a.from(current.bytes),
      'first journal key': journalKey(secret.bytes),
      'second journal key': journalKey(current.bytes)
    },
    shared: {
      'first relay secret': relaySecretIn(secret),
      'second relay secret': relaySecretIn(current),
      'second outline key': outlineKey(relaySecretIn(current))
    }
  }
}

/** Every file, the database's own values, and whatever opens with the keys that lie there. */
async function onDisk(t: Assert, dir: string): Promise<Uint8Array[]> {
  const { bytes, state, said, recordings } = await examine(t, dir)
  const opened = [said, recordings.map(({ entries }) => entries)].map((one) => JSON.stringify(one))
  return [...bytes, encode(deviceState, state!), ...opened.map((text) => b4a.from(text))]
}

async function exported(
  t: Assert,
  { recording }: Scene,
  { storage }: Member
): Promise<Uint8Array[]> {
  const dir = path.join(await t.tmp(), 'film')
  const { code, err } = await run(t, ['export', recording, dir], { storage })
  if (code !== 0) throw new Error(err)
  const files: Uint8Array[] = []
  for await (const { bytes } of filesIn(dir)) files.push(bytes)
  return files
}

function seenIn(files: Uint8Array[], needles: Needles): string[] {
  const found = new Set<string>()
  for (const bytes of files) needles.find(bytes, found)
  return [...found].sort()
}
