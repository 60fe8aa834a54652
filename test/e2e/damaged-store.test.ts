// A holder is killed and its store damaged: the write-ahead log torn, zeroed, full of garbage, or the
// database's index gone. `hold` starts again with what precedes the damage, or says in one sentence what
// to do; done, it starts. Everything that another holder has comes back from there, the author gone.

import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { audit } from '../helpers/crashes/audit.ts'
import { temoin } from '../helpers/cli/cli.ts'
import type { CliProcess } from '../helpers/cli/cli.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { longClipIn } from '../helpers/films/clip.ts'
import { decodeAll } from '../helpers/crashes/recovered.ts'
import { DAMAGES, noise, rewrite } from '../store/damage.ts'

test('A holder whose store is damaged gets everything back', { timeout: 400_000 }, async (t) => {
  const { devices, dir } = await createCliCircle(t, ['contact', 'keeper'])
  const [author, other, hurt] = devices as [CliDevice, CliDevice, CliDevice]
  const clip = await longClipIn(dir, { seconds: 8 })
  const sound = temoin(t, ['hold'], other)
  await sound.waitFor('ready')
  let holding = temoin(t, ['hold'], hurt)
  await holding.waitFor('ready')
  const recordings: string[] = []
  for (const [name, damage] of Object.entries(CASES)) {
    const { recording, length } = await filmTo(t, author, clip, [sound, holding])
    recordings.push(recording)
    await holding.kill('SIGKILL')
    await damage(path.join(hurt.storage, 'store/db'))
    holding = await startAgain(t, hurt, name)
    await holding.waitFor('held', (line) => line.recording === recording && line.length >= length)
  }
  const whole = (key: string) => holding.waitFor('sealed', ({ recording }) => recording === key)
  await Promise.all(recordings.map(whole))
  await holding.kill('SIGINT')
  await sound.kill('SIGINT')
  const held = await audit(hurt.storage)
  t.alike(
    held.map(({ recording }) => recording),
    recordings,
    'every film is there'
  )
  t.alike(
    held.flatMap(({ recording, faults, sealed }) => (sealed ? faults : [recording, ...faults])),
    [],
    'whole'
  )
  t.alike((await decodeAll(t, held)).complaints, [], 'and plays')
})

type DamageStore = (db: string) => Promise<unknown>

/** The logs of a store that was killed are one or two; the larger one has the film. */
function inLog(damage: (file: string) => Promise<unknown>): DamageStore {
  return async (db) => damage(await largestLog(db))
}

const CASES: Record<string, DamageStore> = {
  'a torn log': inLog((file) =>
    rewrite(file, (bytes) => bytes.subarray(0, bytes.byteLength * 0.6))
  ),
  'zeros over its tail': inLog(DAMAGES['zeros over the tail']!),
  'garbage over its tail': inLog(DAMAGES['random bytes over the tail']!),
  'a log that would open for ever': inLog(DAMAGES['a header that makes RocksDB loop for ever']!),
  'a log of garbage': inLog((file) => rewrite(file, (bytes) => noise(bytes.byteLength))),
  'no log': inLog((file) => fs.promises.rm(file)),
  'an index of garbage': async (db) =>
    rewrite(await newestIndex(db), ({ length }) => noise(length)),
  'no index': (db) => fs.promises.rm(path.join(db, 'CURRENT'))
}

/** Starts the holder; where it will not, does what it says, and starts it again. */
async function startAgain(t: Assert, device: CliDevice, name: string): Promise<CliProcess> {
  const holding = temoin(t, ['hold'], device)
  const opened = await Promise.race([holding.waitFor('ready'), holding.ended])
  if ('event' in opened) {
    t.pass(`with ${name} it starts`)
    return holding
  }
  const { code, message } = holding.events.at(-1) as any
  t.is(opened.code, 1)
  t.is(code, 'STORAGE_DAMAGED', `with ${name} it says: ${message}`)
  const [, aside] = /in (.+?) is damaged.*move that folder aside/.exec(message) ?? []
  await fs.promises.rename(aside!, aside! + '-aside')
  const again = temoin(t, ['hold'], device)
  await again.waitFor('ready')
  await fs.promises.rm(aside! + '-aside', { recursive: true })
  return again
}

/** Films until every one of these holders has signed for all of it. */
async function filmTo(
  t: Assert,
  author: CliDevice,
  clip: string,
  holders: CliProcess[]
): Promise<{ recording: string; length: number }> {
  const filming = temoin(t, ['record', clip, '--pace', 'fast', '--wait', '300'], author)
  const { recording, length } = await filming.waitFor('sealed')
  const isIt = (line: any): boolean => line.recording === recording
  await Promise.all(holders.map((holder) => holder.waitFor('sealed', isIt)))
  await filming.kill('SIGKILL')
  return { recording: recording!, length: length! }
}

async function largestLog(db: string): Promise<string> {
  const logs = (await fs.promises.readdir(db)).map(String).filter((name) => name.endsWith('.log'))
  const sizes = await Promise.all(
    logs.map(async (name) => ({ name, size: (await fs.promises.stat(path.join(db, name))).size }))
  )
  return path.join(db, sizes.sort((a, b) => b.size - a.size)[0]!.name)
}

async function newestIndex(db: string): Promise<string> {
  return path.join(db, String(await fs.promises.readFile(path.join(db, 'CURRENT'), 'utf8')).trim())
}
