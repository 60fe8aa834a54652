// Damaging bytes the way networks, disks and liars do. Every choice comes from the seed.

import b4a from 'b4a'
import type { Random } from '../random.ts'

/** Bytes that decoders branch on: zero, one, the length marks of compact-encoding, all ones. */
const TELLING = [0, 1, 2, 0x7f, 0x80, 0xfc, 0xfd, 0xfe, 0xff]

const mutations: ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  flipBit,
  setByte,
  cut,
  insert,
  remove,
  repeat,
  (_bytes, random) => random.bytes(random.int(300)),
  (bytes, random) => b4a.concat([bytes, random.bytes(1 + random.int(20))])
]

/** A copy of `bytes` with one to four things done to it. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged: Uint8Array = b4a.from(bytes)
  for (let n = 1 + random.int(4); n > 0; n--) damaged = random.pick(mutations)(damaged, random)
  return damaged
}

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.byteLength > 0) bytes[random.int(bytes.byteLength)]! ^= 1 << random.int(8)
  return bytes
}

function setByte(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.byteLength > 0) bytes[random.int(bytes.byteLength)] = random.pick(TELLING)
  return bytes
}

function cut(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.subarray(0, random.int(bytes.byteLength + 1))
}

function insert(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.int(bytes.byteLength + 1)
  return b4a.concat([bytes.subarray(0, at), random.bytes(1 + random.int(9)), bytes.subarray(at)])
}

function remove(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.int(bytes.byteLength + 1)
  return b4a.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.int(9))])
}

function repeat(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.int(bytes.byteLength + 1)
  return b4a.concat([bytes.subarray(0, at), bytes.subarray(random.int(at + 1))])
}
