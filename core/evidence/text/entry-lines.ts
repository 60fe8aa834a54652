// What a log says besides its media, one line an entry, for people: entries.txt.
// Persisted: a verifier writes these lines again from the log and compares them byte for byte, so
// their form belongs to the package format and never changes under it.

import type { Checkpoint, Entry, Place, Seal } from '../../encoding/recording/entry.ts'
import type { PrivateHeader, PublicHeader } from '../../encoding/recording/header.ts'
import { hex } from '../../encoding/hex.ts'
import { clock, isoTime, keyText, quoted } from './printable.ts'

/** The lines of block 0. */
export function headerLines(open: PublicHeader, secret: PrivateHeader): string {
  const beacon = secret.beacon === null ? 'none' : hex(secret.beacon)
  const previous = open.previous === null ? 'none' : keyText(open.previous)
  return [
    'Everything the signed log says besides the media. Times and places are claims of the',
    'recording device; receipts.txt has the clocks of others.',
    '',
    `block 0  header  started ${isoTime(open.startedAtMs)}`,
    `  author device ${keyText(secret.device)}`,
    `  circle ${keyText(secret.circle)}`,
    `  goes on from ${previous}`,
    `  media ${quoted(secret.mime)}, init segment ${secret.init.byteLength} bytes`,
    `  clock ahead of a peer by ${secret.clockOffsetMs} ms`,
    `  held in memory before the start: ${secret.preEventMs} ms`,
    `  beacon ${beacon}`,
    `  software ${quoted(secret.build)}`,
    ''
  ].join('\n')
}

/**
 * The line of one entry, or nothing for media.
 * @param seconds media time held once this block is
 */
export function entryLine(index: number, seconds: number, entry: Entry): string {
  if (entry.kind === 'fragment') return ''
  return `block ${index}  ${clock(seconds)}  ${entry.kind}  ${said(entry)}\n`
}

function said(entry: Exclude<Entry, { kind: 'fragment' }>): string {
  switch (entry.kind) {
    case 'checkpoint':
      return checkpointText(entry.body)
    case 'status':
      return `${entry.body.status}, ${isoTime(entry.body.atMs)}`
    case 'note':
      return `${quoted(entry.body.text)}, ${isoTime(entry.body.atMs)}`
    case 'tag':
      return `${entry.body.tag} ${quoted(entry.body.text)}, ${isoTime(entry.body.atMs)}`
    case 'gap':
      return `from ${entry.body.fromUs} us to ${entry.body.toUs} us, ${quoted(entry.body.reason)}`
    case 'seal':
      return sealText(entry.body)
  }
}

function checkpointText(body: Checkpoint): string {
  const { wallMs, monotonicMs, mediaBytes, sha256, place, batteryPercent } = body
  const battery = batteryPercent === null ? 'battery unknown' : `battery ${batteryPercent} %`
  const media = `first ${mediaBytes} media bytes have sha256 ${hex(sha256)}`
  return `${isoTime(wallMs)}, ${monotonicMs} ms since boot, ${placeText(place)}, ${battery}, ${media}`
}

function placeText(place: Place | null): string {
  if (place === null) return 'place unknown'
  const { latitudeE7, longitudeE7, accuracyM } = place
  return `place ${(latitudeE7 / 1e7).toFixed(7)} ${(longitudeE7 / 1e7).toFixed(7)} within ${accuracyM} m`
}

function sealText(body: Seal): string {
  const { reason, endedAtMs, length, treeHash, mediaBytes, sha256 } = body
  const media = `all ${mediaBytes} media bytes have sha256 ${hex(sha256)}`
  return `${reason}, ${isoTime(endedAtMs)}, ${length} blocks before it, tree ${hex(treeHash)}, ${media}`
}
