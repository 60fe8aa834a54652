// Nobody opens a film who was given no key of it: not a relay, not who was no member when it began
// and was given none since, not the device that filmed it.

import b4a from 'b4a'
import { hex } from '../../../../core/encoding/hex.ts'
import { RecordingReader } from '../../../../core/recording/reader.ts'
import type { Actor } from '../actor.ts'
import type { Filmed, Truth } from '../truth.ts'
import type { Rule } from './rule.ts'

export const closed: Rule = ({ truth, actors }) =>
  truth.all.flatMap((filmed) =>
    actors
      .filter((actor) => !mayOpen(truth, actor, filmed) && opens(actor, filmed))
      .map(({ index }) => `device ${index} opens ${hex(filmed.key).slice(0, 8)}, without a right`)
  )

/** One who came later may be given the key by another reader, and keeps it when it is cut off. */
function mayOpen(truth: Truth, { keys }: Actor, filmed: Filmed): boolean {
  const isReader = filmed.readers.some((device) => b4a.equals(device, keys.device))
  return isReader || truth.wasGiven(filmed, keys.device)
}

function opens({ keys, station }: Actor, { key, blocks }: Filmed): boolean {
  const [header] = blocks
  if (header === undefined) return false
  if (station?.exchange.replica(key)?.reader) return true
  return RecordingReader.find(key, header, (sealed) => keys.unwrap(sealed)) !== null
}
