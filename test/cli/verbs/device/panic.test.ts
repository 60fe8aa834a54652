import test, { configure } from 'brittle'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice } from '../../../helpers/cli/circle.ts'
import { CLIP, filmed } from '../../../helpers/cli/film.ts'
import { longClipIn } from '../../../helpers/films/clip.ts'
import { atTerminal, hasPty } from '../../../helpers/cli/pty.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a panic wipes all of a device whose films others hold', async (t) => {
  const { author } = await filmed(t)
  const { code, events, last, err } = await run(t, ['panic', '--yes'], author)
  t.is(code, 0, err)
  t.alike(
    events.map(({ event }) => event),
    ['keys-wiped', 'wiped']
  )
  t.alike(last!.notSafe, [])
  t.is(last!.kept, null)
  t.alike(fs.readdirSync(author.storage), [])
  t.is((await run(t, ['status'], author)).last!.code, 'DEVICE_MISSING')
})

test('what was not safe yet is said in one line, and kept', async (t) => {
  const { dir, devices } = await createCliCircle(t, ['contact'])
  const [author, contact] = devices as [(typeof devices)[number], (typeof devices)[number]]
  const film = await run(t, ['record', CLIP, '--pace', 'fast', '--wait', '0'], author)
  t.is(film.code, 0, film.err)
  const { recording, length } = film.last!
  const wiped = await run(t, ['panic', '--yes'], author)
  t.is(wiped.code, 0, wiped.err)
  t.alike(wiped.last!.notSafe, [{ recording, length, seconds: null, safeLength: 0 }])
  t.is(wiped.last!.kept, path.join(author.storage, 'kept'))
  const words = wiped.err.trim().split('\n').at(-1)!
  t.ok(words.includes('1 recording that nobody else is known to hold whole'), words)
  t.ok(words.includes(`others have 0 of ${length} blocks`), words)
  const taken = await run(t, ['take', wiped.last!.kept], contact)
  t.alike(taken.last!.recordings, [{ recording, blocks: length, lost: 0 }], taken.err)
  const out = path.join(dir, 'package')
  t.is((await run(t, ['export', recording, out], contact)).code, 0)
  t.is((await run(t, ['verify', out])).code, 0, 'a member has it whole')
  const all = await run(t, ['panic', '--yes', '--everything'], author)
  t.is(all.last!.notSafe.length, 1, 'and what is lost now is said again')
  t.alike(fs.readdirSync(author.storage), [])
})

test('a panic ends another temoin that films there, and wipes all the same', async (t) => {
  const { dir, devices } = await createCliCircle(t, ['contact'])
  const [author, holder] = devices as [(typeof devices)[number], (typeof devices)[number]]
  const clip = await longClipIn(dir, { seconds: 60 })
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const filming = temoin(t, ['record', clip], author)
  await filming.waitFor('held', ({ holders }) => holders[0]?.length > 8)
  const { code, last, err } = await run(t, ['panic', '--yes'], author)
  t.is(code, 0, err)
  t.absent(last!.running)
  t.is((await filming.ended).signal, 'SIGKILL')
  t.absent(['seed', 'state', 'store', 'lock', 'pid'].some((name) => isIn(author.storage, name)))
  await holding.kill('SIGINT')
  const { events } = await run(t, ['list'], holder)
  t.ok(events[0]!.length > 8, 'what was held stays held')
})

test('a panic asks for a yes, and for no passphrase', async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  const env = { TEMOIN_PASSPHRASE: 'five words by pure chance' }
  await run(t, ['lock'], { storage, env })
  const unsure = await run(t, ['panic'], { storage })
  t.is(unsure.code, 2)
  t.ok(unsure.last!.message.includes('--yes'))
  t.ok(isIn(storage, 'seed'))
  const { code } = await run(t, ['panic', '--yes'], { storage })
  t.is(code, 0)
  t.alike(fs.readdirSync(storage), [])
})

test('at a terminal only the whole word counts as a yes', { skip: !hasPty }, async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  const words = ['panic', '--storage', storage]
  const no = await atTerminal(words, [['Type "yes": ', 'y\r']])
  t.is(no.code, 2, no.shown)
  t.ok(isIn(storage, 'seed'))
  const yes = await atTerminal(words, [['Type "yes": ', 'yes\r']])
  t.is(yes.code, 0, yes.shown)
  t.alike(fs.readdirSync(storage), [])
})

test('a directory that is no device is left alone', async (t) => {
  const storage = await t.tmp()
  fs.writeFileSync(path.join(storage, 'letter'), 'x')
  const { code, last } = await run(t, ['panic', '--yes'], { storage })
  t.is(code, 1)
  t.is(last!.code, 'DEVICE_MISSING')
  t.alike(fs.readdirSync(storage), ['letter'])
})

function isIn(dir: string, name: string): boolean {
  return fs.existsSync(path.join(dir, name))
}
