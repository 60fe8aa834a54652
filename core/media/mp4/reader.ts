// Fragmented MP4, top level. The init is everything up to the moov; a unit is everything from there
// or from the last unit (styp, sidx, emsg, prft, free ...) through a moof to the end of its mdat, and
// is never cut. An index at the end (mfra) goes with the last entry, or by itself.
//
// A second moov in mid-stream (a recorder that changed its picture size) gives a second init: what
// follows needs it, and belongs in a new part. Writers that leave the first second of media in the
// moov (ffmpeg without empty_moov) put an mdat right behind it: that is a unit too.

import type { Assembler, ContainerReader } from '../assembler.ts'
import { damaged } from '../bytes.ts'
import type { Span } from '../grouping.ts'
import { describe } from '../tracks.ts'
import { MAX_INIT_BYTES } from '../../limits.ts'
import { unsupported } from '../unsupported.ts'
import { peekBox, type BoxHeader } from './box.ts'
import { parseMoof, spanUs } from './fragment.ts'
import { parseMoov, type Mp4Init } from './init.ts'

export class Mp4Reader implements ContainerReader {
  readonly unfinished = false
  #assembler: Assembler
  #mime: string | null
  #init: Mp4Init | null = null
  #nextTicks = new Map<number, number>()
  #spans: Span[] = []

  constructor(assembler: Assembler, mime: string | null) {
    this.#assembler = assembler
    this.#mime = mime
  }

  step(): boolean {
    const box = peekBox(this.#assembler.queue)
    if (!box) return false
    this.#admit(box)
    this.#assembler.claim(box.bytes)
    if (this.#assembler.queue.available < box.bytes) return false
    this.#read(box)
    return true
  }

  // Decided on the name alone, before the bytes are waited for.
  #admit(box: BoxHeader): void {
    if (this.#init === null) {
      const large = box.type === 'moov' && box.bytes > MAX_INIT_BYTES
      if (large || box.type === 'mdat') throw unsupported('plain')
      if (box.type === 'moof') throw unsupported('headless')
    }
    const restarts = box.type === 'moov' || box.type === 'ftyp'
    if (restarts && this.#assembler.pinned) throw damaged('a fragment has no media')
  }

  #read(box: BoxHeader): void {
    const { queue } = this.#assembler
    const body = queue.view(box.bytes).subarray(box.headerBytes)
    if (box.type === 'moov') return this.#onmoov(body, box.bytes)
    if (box.type === 'moof') this.#onmoof(body)
    if (box.type === 'ftyp') this.#assembler.finish()
    queue.advance(box.bytes)
    if (box.type === 'mdat') this.#onmdat()
  }

  #onmoov(body: Uint8Array, bytes: number): void {
    const init = parseMoov(body)
    this.#assembler.queue.advance(bytes)
    const description = describe([...init.tracks.values()], 'mp4', this.#mime)
    this.#assembler.finishInit(description, init.main)
    this.#init = init
    this.#nextTicks.clear()
    this.#spans = spansOfMoov(init)
  }

  #onmoof(body: Uint8Array): void {
    if (!this.#assembler.pinned) this.#spans = []
    const spans = parseMoof(body, this.#init!.tracks, this.#nextTicks)
    for (const span of spans) this.#spans.push(span)
    this.#assembler.pinned = true
  }

  // An mdat without moof, other than behind the moov, is carried along and has no time of its own.
  #onmdat(): void {
    const spans = this.#spans
    this.#spans = []
    if (spans.length === 0 && !this.#assembler.pinned) return
    const { id, kind } = this.#init!.main
    const access = kind === 'video' && spans.some((span) => span.track === id && span.key)
    this.#assembler.finishUnit({ spans, opens: true, access })
  }
}

function spansOfMoov({ tracks }: Mp4Init): Span[] {
  return [...tracks.values()]
    .filter((track) => track.durationTicks > 0)
    .map((track) => ({ track: track.id, key: true, ...spanUs(track, 0, track.durationTicks) }))
}
