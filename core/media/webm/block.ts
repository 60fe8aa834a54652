// One SimpleBlock or BlockGroup (RFC 9559, section 10): its track, time and key flag. The frames
// themselves are not looked at.

import { damaged, i16 } from '../bytes.ts'
import { elements, number, vint } from './ebml.ts'

export interface Block {
  track: number
  /** Ticks from the time of its cluster, may be negative. */
  offsetTicks: number
  key: boolean
  /** Null where it is not said, as in every SimpleBlock. */
  durationTicks: number | null
}

const KEY_FLAG = 0x80
const BLOCK = 0xa1
const BLOCK_DURATION = 0x9b
const REFERENCE_BLOCK = 0xfb

export function parseSimpleBlock(body: Uint8Array): Block {
  const { track, offsetTicks, flags } = readStart(body)
  return { track, offsetTicks, key: (flags & KEY_FLAG) !== 0, durationTicks: null }
}

/** A group says by the lack of a reference that its frame needs no other. */
export function parseBlockGroup(body: Uint8Array): Block {
  let start: BlockStart | null = null
  let key = true
  let durationTicks: number | null = null
  for (const element of elements(body)) {
    if (element.id === BLOCK) start = readStart(element.body)
    if (element.id === BLOCK_DURATION) durationTicks = number(element.body)
    if (element.id === REFERENCE_BLOCK) key = false
  }
  if (!start) throw damaged('a block group has no block')
  return { track: start.track, offsetTicks: start.offsetTicks, key, durationTicks }
}

interface BlockStart {
  track: number
  offsetTicks: number
  flags: number
}

function readStart(body: Uint8Array): BlockStart {
  const track = vint(body, 0)
  if (body.byteLength < track.bytes + 3) throw damaged('a block is cut short')
  return {
    track: track.value,
    offsetTicks: i16(body, track.bytes),
    flags: body[track.bytes + 2]!
  }
}
