// What stands in a film beside its pictures: places, clocks, gaps, statuses, notes, receipts. Read through
// once when somebody asks; of media only where in time it stands.

import z32 from 'z32'
import type { Entry } from '../../encoding/recording/entry.ts'
import { plain } from '../../evidence/text/plain.ts'
import { Playback } from '../../device/playback.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import type { Replica } from '../../replica/replica.ts'
import type { TimelineState } from '../contract.ts'
import type { FilmGroup } from '../host/views/recording-views.ts'

/** Of each kind: more than any film of a day has that somebody would look at. */
const MAX_ITEMS = 20_000
/** Of one note. */
const MAX_CHARS = 2000

export async function timelineOf({ exchange, parts }: FilmGroup): Promise<TimelineState> {
  const state: TimelineState = {
    recording: z32.encode(parts[0]!.key),
    ...{ seconds: 0, parts: [], places: [], clocks: [], gaps: [], statuses: [], notes: [] },
    receipts: []
  }
  for (const part of parts) {
    await addPart(state, exchange, part)
  }
  return state
}

async function addPart(state: TimelineState, exchange: Exchange, part: Replica): Promise<void> {
  const fromSeconds = state.seconds
  const playback = new Playback(part)
  try {
    await playback.open()
    addAnnotations(state, exchange, part)
    const { mime, preEventMs } = playback
    const seconds = part.seconds ?? 0
    const recording = z32.encode(part.key)
    state.parts.push({ recording, mime, fromSeconds, seconds, preEventMs })
    for (let index = 1; index < part.length; index++) {
      const entry = await playback.aside(index)
      if (entry !== null) add(state, fromSeconds + part.timeline.secondsAt(index), entry, part)
    }
    addReceipts(state, part, fromSeconds)
    state.seconds = fromSeconds + seconds
  } finally {
    await playback.close()
  }
}

function add(state: TimelineState, seconds: number, entry: Entry, part: Replica): void {
  const by = z32.encode(part.announced.author)
  switch (entry.kind) {
    case 'checkpoint': {
      const { place, wallMs: atMs, monotonicMs: steadyMs, batteryPercent } = entry.body
      push(state.clocks, { seconds, atMs, steadyMs, batteryPercent })
      if (place === null) return
      const [latitude, longitude] = [place.latitudeE7 / 1e7, place.longitudeE7 / 1e7]
      return push(state.places, { seconds, latitude, longitude, accuracyM: place.accuracyM })
    }
    case 'status':
      return push(state.statuses, { seconds, ...entry.body })
    case 'gap': {
      const { fromUs, toUs, reason } = entry.body
      const lengthSeconds = (toUs - fromUs) / 1e6
      return push(state.gaps, { seconds, lengthSeconds, reason: plain(reason, 400) })
    }
    case 'tag':
    case 'note': {
      const { text, atMs } = entry.body
      const tag = entry.kind === 'tag' ? entry.body.tag : null
      const said = { tag, text: plain(text, MAX_CHARS), by, atMs }
      return push(state.notes, {
        ...said,
        seconds: momentOf(state, seconds, atMs),
        inFilm: true,
        afterRevocation: false
      })
    }
  }
}

/**
 * What is written takes a while: it is about the moment that its date names, by the film's own clock beside it.
 * @param seconds where it stands, which is never before that moment
 */
function momentOf({ clocks, parts }: TimelineState, seconds: number, atMs: number): number {
  const clock = clocks.findLast((one) => one.atMs <= atMs) ?? clocks[0]
  const from = parts.at(-1)!.fromSeconds
  if (clock === undefined || clock.seconds < from) return seconds
  return Math.min(seconds, Math.max(from, clock.seconds + (atMs - clock.atMs) / 1000))
}

/** Of the part that begins where the timeline ends so far. */
function addAnnotations(state: TimelineState, { circle }: Exchange, part: Replica): void {
  const { key, reader } = part
  if (reader === null) return // locked a moment ago
  for (const { annotation, afterRevocation } of circle.annotationsOf(key, reader)) {
    const { filmMs, tag, text, device, atMs } = annotation
    const seconds = state.seconds + filmMs / 1000
    const said = { seconds, tag, text: plain(text, MAX_CHARS), by: z32.encode(device), atMs }
    push(state.notes, { ...said, inFilm: false, afterRevocation })
  }
}

function addReceipts(state: TimelineState, part: Replica, fromSeconds: number): void {
  const key = z32.encode(part.key)
  for (const { holder, length, atMs } of part.receipts.all()) {
    const seconds = fromSeconds + part.timeline.secondsAt(length)
    push(state.receipts, { device: z32.encode(holder), part: key, seconds, length, atMs })
  }
  state.receipts.sort((a, b) => a.atMs - b.atMs)
}

function push<T>(items: T[], item: T): void {
  if (items.length < MAX_ITEMS) items.push(item)
}
