// The worker of a film: encodes, cuts, holds back what comes before the tap, and hands to the engine, so
// that nothing the page draws can hold a film up.

import { Ring } from '../../fmp4/ring.ts'
import type { Key } from '../../../../core/api/contract.ts'
import { Encoder } from './encoder.ts'
import type { Item } from '../../state/film/uplink/queue.ts'
import type { FromWorker, ToWorker } from '../messages.ts'
import type { CaptureHandlers, Piece } from '../source.ts'
import { Uplink } from './uplink.ts'

const STATS_MS = 250
const LOOK_MS = 20

const page = self as unknown as {
  postMessage(message: FromWorker): void
  onmessage: (event: MessageEvent<ToWorker>) => void
}

let encoder: Encoder | null = null
/** Of what is captured now: goes out with the first piece. */
let init: Item | null = null
let ring: Ring<Piece> | null = null
let begun = false
let startUs: number | null = null
let endUs = 0
/** The tap, where a recorder gives bytes without times. */
let begunAtMs = 0
let bytesUs = 0
let pieces = 0
let endedAtMs: number | null = null
let isGivenUp = false
/** The recorder was told to begin anew, and has not yet. */
let isRestarting = false
/** The first of the engine's film, which it is called by. */
let part: Key | null = null
let isHeldTold = false

const uplink = new Uplink({
  onAnswer(answer) {
    if (answer.kind === 'part') part ??= answer.recording
    if (answer.kind === 'durable' && answer.seconds > 0) tellHeld()
    if (answer.kind === 'over') {
      say({ type: 'over', reason: answer.reason, code: answer.failure?.code ?? null })
    }
  },
  onLost: restart, // an engine that comes back as another one can read nothing else
  onCut: () => say({ type: 'cut' })
})

const handlers: CaptureHandlers = {
  onInit(data, mime) {
    init = { kind: 'init', data, mime, key: false, startUs: 0, endUs: 0 }
    if (begun) uplink.push(init)
    else ring?.take()
  },
  onFragment(piece) {
    if (begun) give(piece)
    else ring?.push(piece)
  },
  onBytes({ data, mime, capturedAtMs, head }) {
    const [from, to] = [bytesUs, Math.round(secondsSoFar() * 1e6)]
    bytesUs = to
    pieces++
    if (head) isRestarting = false
    uplink.push({ kind: 'bytes', data, mime, key: head, startUs: from, endUs: to, capturedAtMs })
    if (uplink.queue.needsHead) restart()
  },
  onGap(fromUs, toUs, reason) {
    if (!begun || (encoder !== null && startUs === null)) return // what is held before the tap tells its own times
    const data = new Uint8Array(0)
    uplink.push({ kind: 'gap', data, key: false, startUs: fromUs, endUs: toUs, reason })
  }
}

page.onmessage = ({ data }) => {
  if (data.type === 'capture') capture(data)
  else if (data.type === 'begin') begin()
  else if (data.type === 'film') open(data.url, data.key)
  else if (data.type === 'key') uplink.renew(data.key)
  else if (data.type === 'spend') encoder?.spend(data.spending)
  else if (data.type === 'bytes') handlers.onBytes(data)
  else if (data.type === 'gap') gap(data.lengthUs, data.reason)
  else if (data.type === 'because') because(data.reason)
  else if (data.type === 'resume') encoder?.attach(data.video, data.audio)
  else if (data.type === 'give-up') isGivenUp = true
  else void end()
}

setInterval(tell, STATS_MS)

function capture({
  video,
  audio,
  spending,
  videoCodec,
  ringMs
}: ToWorker & { type: 'capture' }): void {
  ring = ringMs > 0 ? new Ring<Piece>(ringMs) : null
  const onFailed = (message: string): void => {
    encoder = null
    bytesUs = Math.round(secondsSoFar() * 1e6)
    say({ type: 'failed', message })
  }
  encoder = new Encoder({ video, audio, spending, videoCodec, onFailed })
  void encoder.start(handlers)
}

function open(url: string, key: string): void {
  part = null
  isHeldTold = false
  uplink.open(url, key)
}

function tellHeld(): void {
  if (part === null || isHeldTold || !uplink.queue.hasDurableMedia) return
  isHeldTold = true
  say({ type: 'held', recording: part })
}

function begin(): void {
  begun = true
  begunAtMs = performance.now()
  if (init !== null) uplink.push(init)
  for (const piece of ring?.take() ?? []) give(piece)
  ring = null
}

function give(piece: Piece): void {
  if (startUs === null && !piece.key) return
  pieces++
  startUs ??= piece.startUs
  endUs = Math.max(endUs, piece.endUs)
  uplink.push({ kind: 'fragment', ...piece })
}

/** What is not on the engine's disk stays here until it is, or is given up by a person. */
async function end(): Promise<void> {
  await encoder?.stop().catch(() => {}) // one that failed: what it had given out is here
  if (encoder === null && pieces > 0) endRecorder()
  endedAtMs = performance.now()
  tell()
  say({ type: 'captured' })
  while (!uplink.queue.isEmpty && !isGivenUp) await delay(LOOK_MS)
  tell()
  say({ type: 'ended' })
  uplink.close()
}

/** The engine gathers a recorder's bytes, and is told that no more will come. */
function endRecorder(): void {
  const [data, atUs] = [new Uint8Array(0), bytesUs]
  uplink.push({ kind: 'end', data, key: false, startUs: atUs, endUs: atUs })
}

function because(reason: string | null): void {
  if (encoder !== null) encoder.because = reason
}

/** The end of it is now. */
function gap(lengthUs: number, reason: string): void {
  const nowUs = secondsSoFar() * 1e6
  handlers.onGap(Math.max(0, Math.round(nowUs - lengthUs)), Math.round(nowUs), reason)
}

function restart(): void {
  if (encoder !== null || !begun || isRestarting || endedAtMs !== null) return
  isRestarting = true
  say({ type: 'restart' })
}

function secondsSoFar(): number {
  if (encoder === null) return begun ? ((endedAtMs ?? performance.now()) - begunAtMs) / 1000 : 0
  return startUs === null ? 0 : (endUs - startUs) / 1e6
}

function tell(): void {
  const seconds = secondsSoFar()
  const { pictures = 0, dropped = 0 } = encoder ?? {}
  const { waitingBytes, waitingSeconds, droppedUs } = uplink.queue
  const ringSeconds = (ring?.durationUs ?? 0) / 1e6
  say({
    type: 'stats',
    stats: {
      ...{ seconds, ringSeconds, pictures, dropped },
      pieces: pictures || pieces, // sound alone is no picture, and an encoder that hangs takes none
      ...{ waitingBytes, waitingSeconds, droppedUs }
    }
  })
}

function say(message: FromWorker): void {
  page.postMessage(message)
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
