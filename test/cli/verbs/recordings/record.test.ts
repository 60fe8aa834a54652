import b4a from 'b4a'
import test, { configure } from 'brittle'
import process from '#process'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import { eventually } from '../../../helpers/eventually.ts'
import {
  CLIP_SECONDS,
  ENDLESS_SECONDS,
  fixture,
  fixturePath,
  longClipIn
} from '../../../helpers/films/clip.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

const CLIP = fixturePath('clip-h264-opus.mp4')
const NOBODY = 65534
const mayChangeUser = process.platform !== 'win32' && process.getuid() === 0

/** What `list` says of every recording here. */
async function recordings(t: any, device: { storage: string }) {
  const { events } = await run(t, ['list'], device)
  return events
}

test('what cannot be recorded is refused with the remedy, and no recording is made', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const [founder] = devices
  const text = path.join(dir, 'text.txt')
  const empty = path.join(dir, 'empty.mp4')
  fs.writeFileSync(text, 'this is no film, and will not be one')
  fs.writeFileSync(empty, '')
  const wrong: [file: string, code: string, says: RegExp][] = [
    [path.join(dir, 'nope.mp4'), 'BAD_INPUT', /nope.mp4 does not exist: name a film/],
    [dir, 'BAD_INPUT', /is a folder: name a film/],
    [text, 'MEDIA_UNSUPPORTED', /neither fragmented MP4 nor WebM.*ffmpeg -i/],
    [empty, 'MEDIA_UNSUPPORTED', /no media here.*ffmpeg -i/]
  ]
  for (const [file, code, says] of wrong) {
    const { code: exit, last, err } = await run(t, ['record', file], founder)
    t.alike([exit, last!.code], [2, code], file)
    t.ok(says.test(last!.message), last!.message)
    t.is(err.trim().split('\n').length, 1)
  }
  t.alike(await recordings(t, founder!), [])
})

test('a file that may not be read is named', { skip: !mayChangeUser }, async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const file = path.join(dir, 'secret.mp4')
  fs.writeFileSync(file, fixture('clip-h264-opus.mp4') as any, { mode: 0o600 })
  fs.chmodSync(dir, 0o755)
  const { code, last } = await run(t, ['record', file], { ...devices[0]!, uid: NOBODY })
  t.alike([code, last!.code], [2, 'BAD_INPUT'])
  t.ok(/may not be read by you/.test(last!.message), last!.message)
})

test('a plain MP4 is refused with the line that makes it streamable where no ffmpeg is at hand', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const options = { ...devices[0]!, env: { PATH: '' } }
  const { code, last } = await run(t, ['record', fixturePath('plain.mp4')], options)
  t.alike([code, last!.code], [2, 'MEDIA_UNSUPPORTED'])
  t.ok(/ffmpeg -i in.mp4 -c copy -movflags/.test(last!.message), last!.message)
})

test('a film read to its end is sealed as ended, and is whole', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const [founder] = devices
  const { code, events, last, err } = await run(t, ['record', CLIP, '--pace', 'fast'], founder)
  t.is(code, 0, err)
  t.ok(/this device keeps a key to this one/.test(err), err)
  t.is(events[0]!.event, 'started')
  t.is(events[0]!.author, founder!.device)
  t.is(events[0]!.previous, null)
  t.is(last!.event, 'sealed')
  t.is(last!.recording, events[0]!.recording)
  t.is(last!.reason, 'input-ended')
  t.ok(Math.abs(last!.seconds - CLIP_SECONDS) < 0.1, String(last!.seconds))
  t.alike(last!.holders, [])
  t.ok(/nobody has this yet/.test(err), 'it says that nobody has it')
  t.ok(/Nobody else has this film: keep this device on with "temoin hold"/.test(err), err)
  const [listed] = await recordings(t, founder!)
  t.is(listed!.sealed, true)
  t.is(listed!.reason, 'input-ended')
  t.is(listed!.length, last!.length)
  const { last: status } = await run(t, ['status'], founder)
  t.alike(
    status!.notSafe.map(({ recording }: any) => recording),
    [last!.recording]
  )
})

test('a film that is cut off in the middle is recorded up to there, and says so', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const file = path.join(dir, 'cut.mp4')
  const whole = fixture('clip-h264-opus.mp4')
  fs.writeFileSync(file, whole.subarray(0, Math.floor(whole.byteLength / 2)) as any)
  const { code, last, err } = await run(t, ['record', file, '--pace', 'fast'], devices[0])
  t.is(code, 0, err)
  t.is(last!.reason, 'input-damaged')
  t.ok(last!.seconds > 2 && last!.seconds < 4, String(last!.seconds))
  t.ok(/recorded up to there/.test(err), err)
})

test('a film that is damaged in the middle is recorded up to there, and says where', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const file = path.join(dir, 'damaged.mp4')
  const bytes = b4a.from(fixture('clip-h264-opus.mp4'))
  const second = (bytes as any).indexOf('moof', Math.floor(bytes.byteLength / 2))
  bytes.fill(0xff, second - 4, second + 4)
  fs.writeFileSync(file, bytes as any)
  const { code, last, err } = await run(t, ['record', file, '--pace', 'fast'], devices[0])
  t.is(code, 0, err)
  t.is(last!.reason, 'input-damaged')
  t.ok(/damaged at byte \d+/.test(err), err)
})

test('a film comes in through a pipe as well, in either container', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const [founder] = devices
  for (const name of ['clip-vp8-opus.webm', 'chromium.mp4'] as const) {
    const { code, last, err } = await run(t, ['record', '-'], { ...founder!, stdin: fixture(name) })
    t.is(code, 0, err)
    t.is(last!.reason, 'input-ended', name)
    t.ok(last!.seconds > 3, `${name}: ${last!.seconds}`)
  }
})

test('Ctrl-C ends a film that is being made with its seal', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const file = await longClipIn(dir, { seconds: ENDLESS_SECONDS })
  const recorder = temoin(t, ['record', file, '--pace', 'live'], devices[0]!)
  await recorder.waitFor('held', ({ seconds }) => seconds >= 0.5)
  const { code } = await recorder.kill('SIGINT')
  t.is(code, 0, recorder.err)
  const last = recorder.events.at(-1)!
  t.is(last.event, 'sealed')
  t.is(last.reason, 'stopped')
  t.ok(last.seconds < ENDLESS_SECONDS / 2, 'it was filmed at the speed it plays')
})

test('a film goes on where nobody reads any more what is said of it', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const [founder] = devices
  const recorder = temoin(t, ['record', CLIP, '--pace', 'live', '--wait', '0'], founder!)
  await recorder.firstOutput()
  recorder.stopReading()
  const { code } = await recorder.ended
  t.is(code, 0, recorder.err)
  const [listed] = await recordings(t, founder!)
  t.is(listed!.reason, 'input-ended')
})

test('Ctrl-C before anything came in ends with nothing filmed', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const recorder = temoin(t, ['record', '-'], { ...devices[0]!, stdin: 'pipe' })
  await eventually(() => recorder.err.includes('Waiting for media on stdin'))
  const { code } = await recorder.kill('SIGINT')
  t.is(code, 0)
  t.ok(/Nothing was filmed/.test(recorder.err), recorder.err)
  t.alike(await recordings(t, devices[0]!), [])
})

test('who may only keep copies is told that it may not film', async (t) => {
  const { devices } = await createCliCircle(t, ['keeper'])
  const { code, last } = await run(t, ['record', CLIP], devices[1])
  t.alike([code, last!.code], [1, 'NOT_ALLOWED'])
})
