// What `npm start` shows: the main job, for real, on this machine. Three devices, each a process of its
// own with its own directory, linked by the addresses they tell each other, with no server and no DHT.
// One films; two hold; the one that films is killed in mid-sentence; what the others hold plays and
// verifies. Ends with a non-zero code where any of that is not true.

import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Device } from './demo/device.mjs'
import { playable } from './demo/player.mjs'
import { bar, fail, step, tell } from './demo/words.mjs'
import { root } from './lib/say.mjs'

/** Seconds of film made ready, and how much of it must be safe before the phone is killed. */
const FILM_SECONDS = 40
const KILL_AFTER_SECONDS = 6

const dir = path.join(root, 'out', 'demo-' + new Date().toISOString().replace(/[:.]/g, '-'))
const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
process.on('SIGINT', () => process.exit(130))

try {
  await demo()
} catch (err) {
  fail(err)
  process.exit(1)
}
process.exit(0)

async function demo() {
  mkdirSync(dir, { recursive: true })
  const clip = await makeClip()
  const [phone, ben, cleo] = await pair()
  const holders = [ben, cleo]
  for (const holder of holders) await holder.start(['hold']).next('ready')

  step('The phone films. Every quarter of a second leaves it as it is made.', 'Le téléphone filme.')
  const { recording, safeSeconds } = await filmUntilKilled(phone, holders, clip)

  step('What is left on the phone?', 'Que reste-t-il sur le téléphone ?')
  await showInterrupted(phone, recording)

  step('Ben takes out what he holds.', 'Ben sort ce qu’il détient.')
  await stopAll(holders)
  await recover(ben, recording, safeSeconds)
}

/** The fixture, repeated with its clock running on, as a camera would write it. */
async function makeClip() {
  const { longClip } = await import('../dist/test/helpers/clip.js')
  const file = path.join(dir, 'camera.mp4')
  await writeFile(file, longClip({ seconds: FILM_SECONDS }))
  return file
}

async function pair() {
  step('Three devices, one circle.', 'Trois appareils, un cercle.')
  const devices = ['phone', 'ben', 'cleo'].map((name) => new Device(name, dir, running))
  for (const device of devices) await device.run(['init', '--name', device.title])
  const [phone, ...others] = devices
  await phone.run(['circle', 'create', 'march'])
  const inviting = phone.start(['invite', '--uses', String(others.length)])
  const { url } = await inviting.next('invite')
  tell(`The phone shows an invite (${url.length} letters, or a QR code); Ben and Cleo redeem it.`)
  for (const other of others) await other.run(['join', url])
  await inviting.ended
  return devices
}

async function filmUntilKilled(phone, holders, clip) {
  const film = phone.start(['record', clip, '--pace', 'live'])
  const { recording } = await film.next('started')
  const names = new Map(holders.map((holder) => [holder.key, holder.title]))
  let safeSeconds = 0
  for await (const held of film.all('held')) {
    const safe = held.holders.map(({ device, seconds }) => [names.get(device), seconds ?? 0])
    bar(held.seconds, safe)
    safeSeconds = Math.min(...holders.map(({ key }) => secondsOf(held, key)))
    if (safeSeconds >= KILL_AFTER_SECONDS) break
  }
  film.kill('SIGKILL')
  await film.ended
  tell(`The phone is smashed (SIGKILL). ${safeSeconds.toFixed(1)} s were safe with both.`)
  return { recording, safeSeconds }
}

function secondsOf({ holders }, key) {
  return holders.find(({ device }) => device === key)?.seconds ?? 0
}

async function showInterrupted(phone, recording) {
  const { events } = await phone.run(['list'])
  const left = events.find((event) => event.recording === recording)
  if (!left || left.sealed) throw new Error('The phone does not list its interrupted recording')
  tell('It starts again, and lists the film as interrupted. It has no key to open it:')
  const { code } = await phone.run(['watch', recording], { mayFail: true })
  if (code === 0) throw new Error('The phone could open its own film')
  tell('even with the whole phone in hand, nobody plays it from there.')
}

async function recover(holder, recording, safeSeconds) {
  const target = path.join(dir, 'evidence')
  await holder.run(['export', recording, target])
  const { events } = await holder.run(['verify', target])
  const verdict = events.at(-1)
  if (!verdict.ok) throw new Error('The evidence does not verify')
  if (verdict.seconds + 0.01 < safeSeconds) throw new Error('Something that was safe is missing')
  tell(
    `Verdict: genuine, ${verdict.seconds.toFixed(1)} s, ${verdict.length} blocks, signed for by ${verdict.receipts.length} holders.`
  )
  for (const { message } of verdict.reasons) tell(`  ${message}`)
  const file = path.join(target, 'media', 'part-1.mp4')
  const frames = await playable(file)
  if (frames === 0) throw new Error('The recovered film does not play')
  if (frames !== null) tell(`ffmpeg decodes it without a fault: ${frames} frames.`)
  step('The film outlived its phone.', 'Le film a survécu à son téléphone.')
  tell(`Film:     ${path.relative(process.cwd(), file)}`)
  tell(`Evidence: ${path.relative(process.cwd(), target)} (README.txt says what it proves)`)
}

async function stopAll(holders) {
  for (const holder of holders) holder.current.kill('SIGINT')
  for (const holder of holders) await holder.current.ended
}
