// The main job, for real, on this machine: a phone films, two friends hold each second of it as it is
// filmed, the phone is killed in the middle, and what the friends hold plays and is proven. Each device
// is a process of its own and has only the command `temoin`; there is no server and no DHT.
// Ends with 1 where anything it says is not so. Must never: say what was not seen.

import fs from 'node:fs'
import path from 'node:path'
import { root } from './lib/say.mjs'
import { Cast } from './lib/cast.mjs'
import { decodeVideo } from '../dist/test/helpers/films/decode.js'
import { longClip } from '../dist/test/helpers/films/clip.js'

/** The phone is killed once both friends have signed for so much. */
const KILL_AT_SECONDS = 6
const CLIP_SECONDS = 30

const dir = path.join(
  root,
  'out',
  'demo-' + new Date().toISOString().slice(0, 19).replace(/:/g, '')
)
const cast = new Cast(dir)
let steps = 0
process.once('SIGINT', () => void cast.end().then(() => process.exit(1)))

try {
  await play()
} catch (err) {
  process.exitCode = 1
  console.log(`\nÉCHEC / FAILED: ${err.message}`)
} finally {
  await cast.end()
}

async function play() {
  console.log('Temoin: ce qu’un téléphone filme survit au téléphone.')
  console.log('Temoin: what a phone films outlives the phone.')
  const phone = await makeCircle()
  const holders = await startHolding()
  const { recording, filmed, safe } = await filmAndKill(phone, holders)
  await lookAtThePhone(phone, recording)
  await recover(recording, filmed, safe)
}

async function makeCircle() {
  step('Trois appareils, un cercle de confiance', 'Three devices, one circle of trust')
  const phone = await cast.run('phone', 'init', '--name', 'phone')
  await cast.run('phone', 'circle', 'create', 'demo')
  const host = cast.start('phone', 'invite', '--uses', '2')
  const { url } = await host.waitFor('invite')
  tell(`invite: ${url.slice(0, 40)}…`)
  for (const name of ['amina', 'bo']) {
    const { role } = await cast.run(name, 'join', url, '--name', name)
    tell(`${name}: ${role}`)
  }
  must((await host.ended).code === 0, 'the invite did not end well')
  return phone
}

async function startHolding() {
  step('Amina et Bo gardent ce que le cercle filme', 'Amina and Bo hold what the circle films')
  const holders = []
  for (const name of ['amina', 'bo']) {
    const process = cast.start(name, 'hold')
    const { device } = await process.waitFor('ready')
    holders.push({ name, process, device })
  }
  return holders
}

/** Films at the speed the clip plays, and kills the phone in the middle of it. */
async function filmAndKill(phone, holders) {
  step(
    'Le téléphone filme; chaque seconde part aussitôt',
    'The phone films; each second leaves at once'
  )
  fs.writeFileSync(path.join(dir, 'clip.mp4'), longClip({ seconds: CLIP_SECONDS }))
  const recorder = cast.start('phone', 'record', path.join(dir, 'clip.mp4'), '--pace', 'live')
  const { recording, author } = await recorder.waitFor('started')
  must(author === phone.device, 'the film names another author')
  for (let second = 1; second <= KILL_AT_SECONDS; second++) {
    const held = await recorder.waitFor('held', (event) => heldByAll(event, holders) >= second)
    const each = holders.map(({ name, device }) => `${name} ${seconds(heldBy(held, device))}`)
    tell(`${seconds(held.seconds)} filmed; safe: ${each.join(', ')}`)
  }
  await recorder.kill('SIGKILL')
  const last = recorder.events.filter(({ event }) => event === 'held').at(-1)
  step('Le téléphone est détruit (SIGKILL)', 'The phone is destroyed (SIGKILL)')
  tell(`${seconds(last.seconds)} filmed; signed for by both: ${seconds(heldByAll(last, holders))}`)
  return { recording, filmed: last.seconds, safe: heldByAll(last, holders) }
}

async function lookAtThePhone(phone, recording) {
  step('Rallumé, il dit ce qui fut interrompu', 'Switched on again, it says what was cut off')
  const { interrupted, device } = await cast.run('phone', 'status')
  must(device === phone.device, 'the phone is another device now')
  must(interrupted.includes(recording), 'the phone does not list the interrupted film')
  const watched = cast.start('phone', 'watch', recording)
  must((await watched.ended).code === 1, 'the phone plays a film it should have no key for')
  tell('interrupted: ' + recording)
  tell('…and it holds no key that opens it')
}

async function recover(recording, filmed, safe) {
  step('Amina exporte le film et ses preuves', 'Amina exports the film and its proof')
  await cast.end()
  const out = path.join(dir, 'evidence')
  const exported = await cast.run('amina', 'export', recording, out)
  must(exported.seconds >= safe, 'less is there than was signed for')
  const lost = Math.max(0, filmed - exported.seconds)
  tell(`${seconds(exported.seconds)} recovered; ${seconds(lost)} lost with the phone`)
  step('Vérification, hors ligne et sans stockage', 'Verified, offline and without any storage')
  await verdictOn(out)
  const film = path.join(
    out,
    exported.files.find((name) => name.startsWith('media/'))
  )
  await decode(film, exported.seconds)
  console.log(`\nLe film / the film:        ${film}`)
  console.log(`Le dossier / the evidence: ${out}`)
}

async function verdictOn(out) {
  const verdict = await cast.run('nobody', 'verify', out)
  must(verdict.ok, 'the package does not verify')
  const devices = new Set(verdict.receipts.map(({ device }) => device)).size
  tell(`VERIFIED: ${verdict.length} blocks, author ${verdict.author.slice(0, 12)}…`)
  tell(`receipts from ${devices} ${devices === 1 ? 'device' : 'devices'}`)
  for (const { message } of verdict.reasons) tell(message)
}

async function decode(film, length) {
  const decoded = await decodeVideo(film)
  if (decoded === null) return tell('no ffmpeg here: the film was not decoded')
  must(decoded.ok, 'the film does not decode: ' + decoded.complaints)
  must(Math.abs(decoded.seconds - length) < 1, 'the decoded film has another length')
  tell(`ffmpeg decodes all ${decoded.frames} pictures`)
}

function step(french, english) {
  console.log(`\n${++steps}. ${french}\n   ${english}`)
}

function tell(line) {
  console.log('   · ' + line)
}

function must(condition, otherwise) {
  if (!condition) throw new Error(otherwise)
}

function heldBy({ holders }, device) {
  return holders.find((holder) => holder.device === device)?.seconds ?? 0
}

function heldByAll(event, holders) {
  return Math.min(...holders.map(({ device }) => heldBy(event, device)))
}

function seconds(value) {
  return value.toFixed(1) + ' s'
}
