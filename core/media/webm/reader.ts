// WebM and Matroska, top level. The init is everything up to the first cluster. A unit is one block
// with whatever lies before it (the cluster's header and time, cues, tags): long and live clusters,
// whose size is unknown until they have ended, are cut between blocks. An index at the end goes with
// the last entry, or by itself.
//
// Only a fragment that begins with a cluster can be played with nothing but the init before it, so
// only there is `key` ever true; a lost fragment can cost a viewer the rest of its cluster. Neither
// is so in MP4, which is why the app films in that.

import type { Assembler, ContainerReader } from '../assembler.ts'
import { damaged } from '../bytes.ts'
import type { Span } from '../grouping.ts'
import { describe, mainTrack } from '../tracks.ts'
import { parseBlockGroup, parseSimpleBlock, type Block } from './block.ts'
import { BlockClock } from './clock.ts'
import { MAX_HEADER_BYTES, number, readHeader, type ElementHeader } from './ebml.ts'
import { parseDocType, parseTimestampScale, parseTracks, type WebmTrack } from './init.ts'

const EBML = 0x1a45dfa3
const SEGMENT = 0x18538067
const CLUSTER = 0x1f43b675
const INFO = 0x1549a966
const TRACKS = 0x1654ae6b
const TIMESTAMP = 0xe7
const SIMPLE_BLOCK = 0xa3
const BLOCK_GROUP = 0xa0

// The rest of what may stand at each level: SeekHead, Cues, Chapters, Tags, Attachments; SilentTracks,
// Position, PrevSize, EncryptedBlock; Void and CRC-32 anywhere. Anything else is garbage.
const ANYWHERE = [0xec, 0xbf]
const SEGMENT_ONLY = [
  CLUSTER,
  INFO,
  TRACKS,
  0x114d9b74,
  0x1c53bb6b,
  0x1043a770,
  0x1254c367,
  0x1941a469
]
const CLUSTER_ONLY = [TIMESTAMP, SIMPLE_BLOCK, BLOCK_GROUP, 0x5854, 0xa7, 0xab, 0xaf]

const IN_FILE = new Set([EBML, SEGMENT, ...ANYWHERE])
const IN_SEGMENT = new Set([EBML, ...SEGMENT_ONLY, ...ANYWHERE])
const IN_CLUSTER = new Set([...CLUSTER_ONLY, ...ANYWHERE])

interface Cluster {
  /** Place in the input; Infinity where its writer did not know. */
  end: number
  ticks: number | null
}

export class WebmReader implements ContainerReader {
  #assembler: Assembler
  #mime: string | null
  #docType: 'webm' | 'matroska' = 'webm'
  /** Place in the input; null outside of a segment. */
  #segmentEnd: number | null = null
  #cluster: Cluster | null = null
  #scaleNs = 1_000_000
  #tracks: WebmTrack[] = []
  #clock: BlockClock | null = null
  /** The unit being read holds the start of a cluster. */
  #opens = false

  constructor(assembler: Assembler, mime: string | null) {
    this.#assembler = assembler
    this.#mime = mime
  }

  get unfinished(): boolean {
    const ends = [this.#cluster?.end ?? 0, this.#segmentEnd ?? 0].filter(Number.isFinite)
    return this.#assembler.queue.position < Math.max(...ends, 0)
  }

  step(): boolean {
    const { queue } = this.#assembler
    const header = readHeader(queue.view(MAX_HEADER_BYTES))
    if (!header) return false
    this.#leaveCluster(header.id)
    this.#admit(header.id)
    if (header.id === SEGMENT || header.id === CLUSTER) return this.#enter(header)
    const bytes = this.#measure(header)
    if (queue.available < bytes) return false
    this.#read(header, bytes)
    return true
  }

  // Nothing but the next element tells that a cluster of unknown size is over.
  #leaveCluster(id: number): void {
    if (!this.#cluster) return
    const { end } = this.#cluster
    const known = end < Infinity
    const over = known ? this.#assembler.queue.position >= end : !IN_CLUSTER.has(id)
    if (over) this.#cluster = null
  }

  #admit(id: number): void {
    const allowed = this.#cluster ? IN_CLUSTER : this.#segmentEnd === null ? IN_FILE : IN_SEGMENT
    if (!allowed.has(id)) throw damaged(`an element with id ${id.toString(16)} cannot be here`)
  }

  #enter({ id, headerBytes, size }: ElementHeader): boolean {
    this.#assembler.claim(headerBytes)
    if (id === CLUSTER && this.#clock === null) this.#finishInit()
    const { queue } = this.#assembler
    queue.advance(headerBytes)
    const end = size === null ? Infinity : queue.position + size
    if (id === SEGMENT) this.#segmentEnd = end
    else this.#cluster = { end, ticks: null }
    this.#opens = id === CLUSTER
    return true
  }

  #measure({ headerBytes, size }: ElementHeader): number {
    if (size === null) throw damaged('an element has no size')
    const bytes = headerBytes + size
    const end = this.#cluster?.end ?? Infinity
    if (this.#assembler.queue.position + bytes > end) throw damaged('a block overruns its cluster')
    this.#assembler.claim(bytes)
    return bytes
  }

  #read({ id, headerBytes }: ElementHeader, bytes: number): void {
    const { queue } = this.#assembler
    const body = queue.view(bytes).subarray(headerBytes)
    if (id === EBML) this.#restart(body)
    if (id === INFO && !this.#clock) this.#scaleNs = parseTimestampScale(body)
    if (id === TRACKS && !this.#clock) this.#tracks = parseTracks(body)
    if (id === TIMESTAMP) this.#cluster!.ticks = number(body)
    const block = blockOf(id, body)
    const span = block && this.#span(block)
    queue.advance(bytes)
    if (block) this.#finishUnit(span)
  }

  #span(block: Block): Span | null {
    const ticks = this.#cluster!.ticks
    if (ticks === null) throw damaged('a block comes before the time of its cluster')
    return this.#clock!.span(block, ticks)
  }

  #finishUnit(span: Span | null): void {
    const main = this.#assembler.main!
    const keyFrame = main.kind === 'video' && span !== null && span.track === main.id && span.key
    const opens = this.#opens
    this.#opens = false
    this.#assembler.finishUnit({ spans: span ? [span] : [], opens, access: opens || keyFrame })
  }

  // A second header in mid-stream gives a second init, for a new part.
  #restart(body: Uint8Array): void {
    this.#docType = parseDocType(body)
    this.#assembler.finish()
    this.#segmentEnd = null
    this.#clock = null
    this.#tracks = []
    this.#scaleNs = 1_000_000
  }

  #finishInit(): void {
    const main = mainTrack(this.#tracks)
    if (!main) throw damaged('the media begins without a header')
    const subtype = this.#docType === 'webm' ? 'webm' : 'x-matroska'
    this.#assembler.finishInit(describe(this.#tracks, subtype, this.#mime), main)
    this.#clock = new BlockClock(this.#tracks, this.#scaleNs)
  }
}

function blockOf(id: number, body: Uint8Array): Block | null {
  if (id === SIMPLE_BLOCK) return parseSimpleBlock(body)
  return id === BLOCK_GROUP ? parseBlockGroup(body) : null
}
