import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import { TemoinError } from '../../../core/errors.ts'
import { exists, fs, path } from '../../../core/runtime/fs.ts'
import { copyRunning } from '../../../core/store/backup/copy-running.ts'
import { freeze } from '../../../core/store/backup/frozen.ts'
import { MOMENT, withMoment } from '../../../core/store/backup/moment.ts'
import { UNFINISHED } from '../../../core/store/backup/part.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import { adoptCopy } from '../../../core/store/files/device-file.ts'
import { setMark } from '../../../core/store/files/mark.ts'
import { loadSafeList, SAFE_FILE, saveSafeList } from '../../../core/store/files/safe-file.ts'
import { askForSalvage, SALVAGE_MARK } from '../../../core/store/salvage/table-damage.ts'
import { crashCopy } from '../../helpers/crashes/crash.ts'
import { DAMAGES } from '../damage.ts'
import { openStore } from '../open-store.ts'

const BLOCK = b4a.alloc(20_000, 7)
const nothing = (): void => {}

test('a copy made while blocks come in has all that was durable when it began', async (t) => {
  const { dir, store, core, append } = await written(t)
  let isWriting = true
  const writing = (async () => {
    for (let i = 0; isWriting; i++) {
      await append() // a table is written every few hundred
      if (i % 5 === 0) await store.durable()
    }
  })()
  for (let round = 0; round < 4; round++) {
    await store.durable()
    const { length } = core
    const copy = path.join(await t.tmp(), 'copy')
    await copyRunning(dir, copy, nothing)
    t.ok((await lengthIn(t, copy, core.key)) >= length, `${length} blocks`)
  }
  isWriting = false
  await writing
})

test('a record that was half in the log is left out, and nothing is called damaged', async (t) => {
  const { dir, store, core } = await written(t, 3)
  await store.close()
  const record = b4a.from('a1b2c3d40a00017061727420', 'hex')
  await fs.promises.appendFile(await newestLog(dir), record as never)
  const copy = path.join(await t.tmp(), 'copy')
  await copyRunning(dir, copy, nothing)
  t.is(await lengthIn(t, copy, core.key), 3)
  t.absent(await exists(path.join(copy, 'quarantine')))
})

test('a damaged log is neither cut nor copied, and is told of', async (t) => {
  const { dir, store } = await written(t, 3)
  await store.close()
  const log = await newestLog(dir)
  await DAMAGES['8 flipped bytes in the middle']!(log)
  const before = (await fs.promises.readFile(log)) as Uint8Array
  const parent = await t.tmp()
  t.is(await codeOf(copyRunning(dir, path.join(parent, 'copy'), nothing)), 'STORAGE_DAMAGED')
  t.alike(await fs.promises.readdir(parent), [])
  t.ok(b4a.equals((await fs.promises.readFile(log)) as Uint8Array, before))
})

test('a store that is to be salvaged, or is being, is not copied, nor what lies around it', async (t) => {
  const { dir } = await written(t, 3)
  await fs.promises.mkdir(path.join(dir, 'store.work'))
  const copy = path.join(await t.tmp(), 'copy')
  await askForSalvage(dir)
  t.is(await codeOf(copyRunning(dir, copy, nothing)), 'STORAGE_DAMAGED')
  await fs.promises.rm(path.join(dir, SALVAGE_MARK))
  await copyRunning(dir, copy, nothing)
  t.absent(await exists(path.join(copy, 'store.work')))
})

test('what others held when it was copied is asked anew before a copy counts on it', async (t) => {
  const { dir } = await written(t, 3)
  const listed = [{ recording: b4a.alloc(32, 9), length: 3 }]
  await saveSafeList(dir, listed)
  const copy = path.join(await t.tmp(), 'copy')
  await copyRunning(dir, copy, nothing)
  t.absent(await exists(path.join(copy, SAFE_FILE)))
  await saveSafeList(copy, listed) // as a plain copy of the directory has it
  await adoptCopy(copy)
  t.alike(await loadSafeList(copy), [])
})

test('a copy that was cut short is not there, and leaves nothing behind', async (t) => {
  const { dir } = await written(t, 3)
  const parent = await t.tmp()
  const failing = copyRunning(dir, path.join(parent, 'copy'), () => {
    throw new Error('the disk is gone')
  })
  await t.exception(failing, /the disk is gone/)
  t.alike(await fs.promises.readdir(parent), [])
  t.absent(await exists(path.join(dir, MOMENT)))
})

test('what a killed backup has left goes with the next opening, unless it runs', async (t) => {
  const { dir, store, core } = await written(t, 3)
  await store.close()
  const left = path.join(dir, MOMENT, 'db')
  await fs.promises.mkdir(left, { recursive: true })
  const again = await openStore(t, dir)
  t.absent(await exists(path.join(dir, MOMENT)))
  await again.close()
  await withMoment(dir, async (moment) => {
    await fs.promises.mkdir(moment)
    const running = await openStore(t, dir)
    t.ok(await exists(left), 'that of one that runs stays')
    t.is(await codeOf(running.erase([core.key])), 'STORAGE_LOCKED', 'and keeps all that was')
    t.ok(await running.has(core.key))
    await running.close()
  })
})

test('what stands where a copy is made is removed only where a backup has left it', async (t) => {
  const { dir } = await written(t, 3)
  const copy = path.join(await t.tmp(), 'copy')
  const part = copy + '.part'
  await fs.promises.mkdir(part)
  await fs.promises.writeFile(path.join(part, 'file'), 'mine')
  t.is(await codeOf(copyRunning(dir, copy, nothing)), 'BAD_INPUT')
  t.ok(await exists(path.join(part, 'file')))
  await fs.promises.writeFile(path.join(part, UNFINISHED), '')
  await copyRunning(dir, copy, nothing)
  t.absent((await exists(part)) || (await exists(path.join(copy, 'file'))))
  t.absent(await exists(path.join(copy, UNFINISHED)), 'a whole one has no mark')
})

test('a copy that was cut short as it got its name is whole, is told of, and is not touched', async (t) => {
  const { dir, core } = await written(t, 3)
  const copy = path.join(await t.tmp(), 'copy')
  const part = copy + '.part'
  const { rename } = fs.promises
  t.teardown(() => void Object.assign(fs.promises, { rename }))
  const cut = new Promise<void>((resolve) => {
    Object.assign(fs.promises, {
      rename: (from: string, to: string) => (from === part ? never(resolve) : rename(from, to))
    })
  })
  void copyRunning(dir, copy, nothing)
  await cut
  Object.assign(fs.promises, { rename })
  const left = await crashCopy(t, path.dirname(copy)) // as who is killed leaves it
  const [whole, again] = [path.join(left, 'copy.part'), path.join(left, 'copy')]
  const other = await written(t, 1)
  const err = await copyRunning(other.dir, again, nothing).catch((reason: unknown) => reason)
  t.ok(TemoinError.is(err, 'BAD_INPUT') && /is a whole copy/.test(String(err)), String(err))
  t.is(await lengthIn(t, whole, core.key), 3)
})

test('two devices are not copied to one place at once, and the first copy is whole', async (t) => {
  const [one, other] = [await written(t, 3), await written(t, 4)]
  const copy = path.join(await t.tmp(), 'copy')
  const seconds: Promise<string>[] = []
  await copyRunning(one.dir, copy, () => {
    if (seconds.length === 0) seconds.push(codeOf(copyRunning(other.dir, copy, nothing)))
  })
  t.alike(await Promise.all(seconds), ['STORAGE_LOCKED'])
  t.absent(await exists(copy + '.part'))
  const left = await fs.promises.readdir(copy)
  t.absent(left.includes(UNFINISHED) || left.includes('pid'), left.join())
  await one.store.close()
  await adoptCopy(copy)
  const opened = await openStore(t, copy)
  t.ok(await opened.has(one.core.key))
  await opened.close()
  t.is(await codeOf(copyRunning(other.dir, copy, nothing)), 'BAD_INPUT', 'and is not copied over')
})

test('a copy that was cut short is no device, whatever it is called', async (t) => {
  const { dir, store } = await written(t, 3)
  await store.close()
  await setMark(path.join(dir, UNFINISHED)) // as in a part of one that was renamed by hand
  t.is(await codeOf(adoptCopy(dir)), 'STORAGE_DAMAGED')
})

test('nothing is copied over what is there, nor twice at once', async (t) => {
  const { dir } = await written(t, 3)
  const target = await t.tmp()
  await fs.promises.writeFile(path.join(target, 'file'), 'mine')
  t.is(await codeOf(copyRunning(dir, target, nothing)), 'BAD_INPUT')
  const parent = await t.tmp()
  const both = await Promise.all(
    ['one', 'two'].map((name) => codeOf(copyRunning(dir, path.join(parent, name), nothing)))
  )
  t.alike(both.sort(), ['STORAGE_LOCKED', 'done'])
})

test('all tables that the copied manifest names are copied, however they came and went', async (t) => {
  const dir = await t.tmp()
  await fs.promises.writeFile(path.join(dir, 'CURRENT'), 'MANIFEST-1\n')
  let tables = 0
  const change = (): void => {
    fs.writeFileSync(path.join(dir, `${++tables}.sst`), 'table')
    fs.appendFileSync(path.join(dir, 'MANIFEST-1'), `${tables}.sst\n`)
    if (tables < 60) setImmediate(change)
  }
  change()
  const moment = path.join(await t.tmp(), 'moment')
  await freeze(dir, moment)
  const manifest = String(await fs.promises.readFile(path.join(moment, 'MANIFEST-1')))
  const named = manifest.trim().split('\n')
  const there = await Promise.all(named.map((name) => exists(path.join(moment, name))))
  t.ok(there.every(Boolean), `${named.length} tables`)
})

test('tables are taken once, however often the rest has changed meanwhile', async (t) => {
  const dir = await t.tmp()
  await fs.promises.writeFile(path.join(dir, 'CURRENT'), 'MANIFEST-1\n')
  await fs.promises.writeFile(path.join(dir, 'MANIFEST-1'), 'x')
  for (let i = 10; i < 50; i++) fs.writeFileSync(path.join(dir, `${i}.sst`), 'table')
  const tables = (fs.readdirSync(dir) as string[]).filter((name) => name.endsWith('.sst'))
  const [gone, seen] = [path.join(dir, tables[0]!), path.join(dir, tables[2]!)]
  let wasTaken = false
  let isOver = false
  const change = (): void => {
    const isTaken = fs.statSync(seen).nlink > 1
    if (isTaken && !wasTaken) {
      fs.appendFileSync(path.join(dir, 'MANIFEST-1'), 'x') // once for each time that it is taken
      fs.rmSync(gone, { force: true })
    }
    wasTaken = isTaken
    if (!isOver) setImmediate(change)
  }
  change()
  const moment = path.join(await t.tmp(), 'moment')
  t.is(await codeOf(freeze(dir, moment)), 'done')
  isOver = true
  t.alike((fs.readdirSync(moment) as string[]).sort(), (fs.readdirSync(dir) as string[]).sort())
})

test('a database that changes all the time is not copied, rather than copied in pieces', async (t) => {
  const dir = await t.tmp()
  await fs.promises.writeFile(path.join(dir, 'CURRENT'), 'MANIFEST-1\n')
  let isChanging = true
  const change = (): void => {
    fs.appendFileSync(path.join(dir, 'MANIFEST-1'), 'x')
    if (isChanging) setImmediate(change)
  }
  change()
  await fs.promises.writeFile(path.join(dir, '000001.sst'), BLOCK as never)
  t.is(await codeOf(freeze(dir, path.join(await t.tmp(), 'moment'))), 'STORAGE_LOCKED')
  isChanging = false
})

interface Written {
  dir: string
  store: EvidenceStore
  core: Hypercore
  append: () => Promise<void>
}

/** A device's directory with a store in it, and a core that is being written. */
async function written(t: Assert, blocks = 0): Promise<Written> {
  const dir = await t.tmp()
  await fs.promises.writeFile(path.join(dir, 'seed'), 'seed')
  const store = await openStore(t, dir)
  const keyPair = crypto.keyPair()
  const core = await store.core(keyPair.publicKey)
  const append = async (): Promise<void> => void (await core.append(BLOCK, { keyPair }))
  for (let i = 0; i < blocks; i++) await append()
  await store.durable()
  return { dir, store, core, append }
}

async function newestLog(dir: string): Promise<string> {
  const database = path.join(dir, 'store/db')
  const logs = (await fs.promises.readdir(database)).map(String).filter((n) => n.endsWith('.log'))
  return path.join(database, logs.sort().at(-1)!)
}

/** Blocks of the core that are whole in the copy, once that is a device's. */
async function lengthIn(t: Assert, copy: string, key: Uint8Array): Promise<number> {
  t.ok(b4a.equals((await fs.promises.readFile(path.join(copy, 'seed'))) as any, b4a.from('seed')))
  await adoptCopy(copy)
  const store = new EvidenceStore({ dir: copy })
  store.on('damaged', () => t.fail('it is called damaged'))
  await store.ready()
  const core = (await store.existing(key as never))!
  const { length } = core
  for (let i = 0; i < length; i++) t.ok(b4a.equals((await core.get(i))!, BLOCK))
  await store.close()
  return length
}

async function codeOf(work: Promise<void>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (err) {
    return TemoinError.is(err) ? err.code : String(err)
  }
}

/** Where the process is killed: nothing after it happens. */
function never(onReached: () => void): Promise<never> {
  onReached()
  return new Promise(() => {})
}
