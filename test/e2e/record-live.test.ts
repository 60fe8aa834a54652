import test, { configure } from 'brittle'
import type { Assert } from 'brittle'
import { path } from '../../core/runtime/fs.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import type { CliProcess } from '../helpers/cli/cli.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { CLIP_FRAMES_PER_SECOND, ENDLESS_SECONDS, longClipIn } from '../helpers/films/clip.ts'
import { decodeVideo } from '../helpers/films/decode.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

const HELD_SECONDS = 3

interface Story {
  dir: string
  phone: CliDevice
  holders: CliDevice[]
  holding: CliProcess[]
  clip: string
}

/** A phone, two holders that hold, and a film longer than anybody will let the phone live. */
async function begin(t: Assert): Promise<Story> {
  const { dir, devices } = await createCliCircle(t, ['contact', 'keeper'])
  const [phone, ...holders] = devices as [CliDevice, ...CliDevice[]]
  const holding = holders.map((holder) => temoin(t, ['hold'], holder))
  for (const process of holding) await process.waitFor('ready')
  const clip = await longClipIn(dir, { seconds: ENDLESS_SECONDS })
  return { dir, phone, holders, holding, clip }
}

/** Films until both holders have signed for that much, then kills the phone. */
async function filmAndKill(t: Assert, { phone, clip }: Story) {
  const recorder = temoin(t, ['record', clip, '--pace', 'live'], phone)
  const { recording } = await recorder.waitFor('started')
  const held = await recorder.waitFor('held', ({ holders }) => {
    const safe = holders.filter(({ seconds }: any) => seconds >= HELD_SECONDS)
    return safe.length === 2
  })
  await recorder.kill('SIGKILL')
  const last = recorder.events.filter(({ event }) => event === 'held').at(-1) ?? held
  return { recording: recording as string, held: last }
}

test('a film outlives its phone: each holder plays and proves what it signed for', async (t) => {
  const story = await begin(t)
  const { recording, held } = await filmAndKill(t, story)
  for (const [i, process] of story.holding.entries()) {
    const signed = held['holders'].find(({ device }: any) => device === story.holders[i]!.device)
    t.ok(signed.seconds >= HELD_SECONDS)
    t.is((await process.kill('SIGINT')).code, 0)
    await prove(t, story, story.holders[i]!, recording, signed)
  }
})

async function prove(
  t: Assert,
  { dir, phone }: Story,
  holder: CliDevice,
  recording: string,
  signed: { length: number; seconds: number }
): Promise<void> {
  const out = path.join(dir, 'package-of-' + holder.name)
  const exported = await run(t, ['export', recording, out], holder)
  t.is(exported.code, 0, exported.err)
  t.ok(exported.last!.seconds >= signed.seconds, 'not a second less than was signed for')
  const { code, last } = await run(t, ['verify', out])
  t.is(code, 0, JSON.stringify(last!.reasons))
  t.alike([last!.ok, last!.author, last!.sealed], [true, phone.device, false])
  t.ok(last!.length >= signed.length, 'not a block less')
  t.ok(last!.reasons.some(({ code }: any) => code === 'NO_SEAL'))
  t.ok(last!.receipts.some(({ device }: any) => device === holder.device))
  await decode(t, path.join(out, 'media', 'part-1.mp4'), exported.last!.seconds)
}

async function decode(t: Assert, film: string, seconds: number): Promise<void> {
  const decoded = await decodeVideo(film)
  if (decoded === null) return t.comment('no decoder here: the film was verified, not decoded')
  t.ok(decoded.ok, decoded.complaints)
  const frames = seconds * CLIP_FRAMES_PER_SECOND
  t.ok(Math.abs(decoded.frames - frames) <= CLIP_FRAMES_PER_SECOND, `${decoded.frames} frames`)
}

test('a phone that was killed lists the film, and goes on in one that names it', async (t) => {
  const story = await begin(t)
  const { recording } = await filmAndKill(t, story)
  const { phone, holding, clip, dir } = story
  const status = await run(t, ['status'], phone)
  t.alike(status.last!.interrupted, [recording])
  const listed = await run(t, ['list'], phone)
  t.alike(
    listed.events.map(({ recording, sealed, live }) => [recording, sealed, live]),
    [[recording, false, false]]
  )

  const recorder = temoin(t, ['record', clip, '--pace', 'live', '--wait', '60'], phone)
  const interrupted = await recorder.waitFor('interrupted')
  t.is(interrupted.recording, recording)
  const next = await recorder.waitFor('started')
  t.is(next.previous, recording)
  t.not(next.recording, recording, 'never into a log that others may have more of')
  await recorder.waitFor('held', ({ holders }) => holders.length === 2 && holders[0].seconds > 1)
  t.is((await recorder.kill('SIGINT')).code, 0)
  const [holder] = story.holders
  await holding[0]!.waitFor('sealed', (sealed) => sealed.recording === next.recording)
  await holding[0]!.kill('SIGINT')

  const out = path.join(dir, 'second')
  const exported = await run(t, ['export', next.recording, out], holder)
  t.is(exported.code, 0, exported.err)
  const { code, last } = await run(t, ['verify', out])
  t.is(code, 0, JSON.stringify(last!.reasons))
  t.is(last!.sealed, true)
  t.is(last!.parts[0].previous, recording)
  t.ok(last!.reasons.some(({ code }: any) => code === 'PREVIOUS_ABSENT'))
})
