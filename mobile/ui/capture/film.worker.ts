// The worker of a film: encodes, cuts, holds back what comes before the tap, and hands to the engine, so
// that nothing the page draws can hold a film up.

import { Ring } from '../fmp4/ring.ts'
import { Encoder } from './encoder.ts'
import type { Item } from '../state/film/queue.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import type { CaptureHandlers, Piece } from './source.ts'
import { Uplink } from './uplink.ts'

const STATS_MS = 250
/** How long an end waits for the engine's disk. */
const END_MS = 30_000

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

const uplink = new Uplink({
  onAnswer(answer) {
    if (answer.kind === 'over') {
      say({ type: 'over', reason: answer.reason, code: answer.failure?.code ?? null })
    }
  },
  onRestart() {
    if (encoder === null) uplink.queue.clear()
    say({ type: 'restart' })
  }
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
  onBytes(data, mime, capturedAtMs) {
    const [from, to] = [bytesUs, Math.round(secondsSoFar() * 1e6)]
    bytesUs = to
    pieces++
    uplink.push({ kind: 'bytes', data, mime, key: false, startUs: from, endUs: to, capturedAtMs })
  },
  onGap(fromUs, toUs, reason) {
    const data = new Uint8Array(0)
    uplink.push({ kind: 'gap', data, key: false, startUs: fromUs, endUs: toUs, reason })
  }
}

page.onmessage = ({ data }) => {
  if (data.type === 'capture') capture(data)
  else if (data.type === 'begin') begin()
  else if (data.type === 'film') uplink.open(data.url, data.key)
  else if (data.type === 'spend') encoder?.spend(data.spending)
  else if (data.type === 'bytes') handlers.onBytes(data.data, data.mime, data.capturedAtMs)
  else if (data.type === 'gap') gap(data.lengthUs, data.reason)
  else if (data.type === 'resume') encoder?.attach(data.video, data.audio)
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
    say({ type: 'failed', message })
  }
  encoder = new Encoder({ video, audio, spending, videoCodec, onFailed })
  void encoder.start(handlers)
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

async function end(): Promise<void> {
  await encoder?.stop()
  endedAtMs = performance.now()
  const untilMs = performance.now() + END_MS
  while (!uplink.queue.isEmpty && performance.now() < untilMs) await delay(20)
  tell()
  say({ type: 'ended', allDurable: uplink.queue.isEmpty })
  uplink.close()
}

/** The end of it is now. */
function gap(lengthUs: number, reason: string): void {
  const now = encoder === null ? secondsSoFar() * 1e6 : endUs + lengthUs
  handlers.onGap(Math.round(now - lengthUs), Math.round(now), reason)
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
