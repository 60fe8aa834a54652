// Every structure of core/encoding with values that exercise it: the smallest, and one with every
// field in use. Golden vectors, round trips and the fuzzer all go through this one table, so that a new
// codec is either in it or missing from all of them. (A test compares it with the sources.)

import type { Coded } from './codecs/coded.ts'
import { CONTROL } from './codecs/control.ts'
import { DEVICE } from './codecs/device.ts'
import { EVIDENCE } from './codecs/evidence.ts'
import { JOURNAL } from './codecs/journal.ts'
import { PAIRING } from './codecs/pairing.ts'
import { RECORDING } from './codecs/recording.ts'

export { fill } from './codecs/coded.ts'
export type { Coded } from './codecs/coded.ts'

export const codecs: Coded[] = [
  ...CONTROL,
  ...RECORDING,
  ...EVIDENCE,
  ...JOURNAL,
  ...PAIRING,
  ...DEVICE
]

/** The coded structure of that codec. */
export function codedAs(codec: unknown): Coded {
  const found = codecs.find((each) => each.codec === codec)
  if (!found) throw new Error('A codec is missing in test/helpers/encoding/codecs.ts')
  return found
}

/** The coded structure of that name. */
export function coded(name: string): Coded {
  const found = codecs.find((each) => each.name === name)
  if (!found) throw new Error('There is no codec ' + name + ' in test/helpers/encoding/codecs.ts')
  return found
}
