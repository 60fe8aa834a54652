// Every message of the control channel by its name: the one table from which the channel, and whoever
// speaks on it by hand, takes the codecs and the wire ids. Persisted nowhere, spoken everywhere: order
// is the wire id; append, never reorder.

import {
  follow,
  hello,
  journalLengths,
  keysWanted,
  linesWanted,
  liveBlock,
  receipts,
  refuse,
  route,
  unfollow
} from './control.ts'
import { recordingAnnounced } from './journal/journal-entry-outline.ts'
import { provenLine } from './journal/proven-line.ts'
import { toldFilm } from './recording/told-film.ts'
import type { Codec } from './wire.ts'

/** @see docs/PROTOCOL.md, "Link" */
export const CONTROL_MESSAGES = {
  hello,
  follow,
  unfollow,
  refuse,
  block: liveBlock,
  receipts,
  film: recordingAnnounced,
  route,
  repeated: toldFilm,
  journals: journalLengths,
  keys: keysWanted,
  lines: linesWanted,
  line: provenLine
} as const

export type ControlName = keyof typeof CONTROL_MESSAGES

/** What a message of that name says. */
export type ControlBody<Name extends ControlName> =
  (typeof CONTROL_MESSAGES)[Name] extends Codec<infer Body> ? Body : never

/** In the order of their wire ids, from 0. */
export const CONTROL_NAMES = Object.keys(CONTROL_MESSAGES) as ControlName[]

/** The wire id of each. */
export const CONTROL_IDS = Object.fromEntries(
  CONTROL_NAMES.map((name, id) => [name, id])
) as Record<ControlName, number>
