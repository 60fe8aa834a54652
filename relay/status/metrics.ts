// A relay's status as Prometheus reads it (text format 0.0.4). Pure. Circles are named by the beginning of
// their keys: enough to tell them apart on a graph, and no more.

import { healthOf } from './status.ts'
import type { CircleStatus, RelayStatus } from './status.ts'

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** What ends in `_total` is a counter, all else a gauge. */
type Metric<T> = [name: string, help: string, value: (of: T) => number | null]

const OF_RELAY: readonly Metric<RelayStatus>[] = [
  ['up_seconds', 'Time since it started', ({ atMs, startedAtMs }) => (atMs - startedAtMs) / 1000],
  ['circles', 'Circles it is a member of', ({ circles }) => circles.length],
  ['links', 'Devices it is linked with', ({ links }) => links],
  ['used_bytes', 'Recordings and journals of all circles', ({ usedBytes }) => usedBytes],
  ['capacity_bytes', 'What they may come to, by quota or disk', (one) => one.capacityBytes],
  ['disk_free_bytes', 'Free on the disk', ({ diskFreeBytes }) => diskFreeBytes],
  ['full_in_days', 'At the rate of the last weeks', ({ fullInDays }) => fullInDays],
  ['full', '1 where some circle is not taken any more', (one) => Number(healthOf(one) === 'full')],
  ['lag_blocks', 'Blocks of running films known of and not here', ({ lagBlocks }) => lagBlocks],
  ['receipts_total', 'Receipts signed', ({ receipts }) => receipts],
  ['scrub_blocks_total', 'Blocks read again', ({ scrub }) => scrub.blocks],
  ['scrub_damaged_total', 'Of those, damaged', ({ scrub }) => scrub.damaged],
  ['scrub_age_seconds', 'Since everything had been read again', scrubAgeOf]
]

const OF_CIRCLE: readonly Metric<CircleStatus>[] = [
  ['circle_members', 'Members', ({ members }) => members],
  ['circle_online', 'Members linked now', ({ online }) => online],
  ['circle_recordings', 'Recordings here', ({ recordings }) => recordings],
  ['circle_live', 'Of those, being filmed now', ({ live }) => live],
  ['circle_bytes', 'Bytes of recordings here', ({ bytes }) => bytes],
  ['circle_journal_bytes', 'Bytes of journals here', ({ journalBytes }) => journalBytes],
  ['circle_quota_bytes', 'Its own limit', ({ quotaBytes }) => quotaBytes],
  ['circle_used_ratio', 'Used of what there is for it', ({ share }) => share],
  ['circle_is_relay', '1 where it is a relay there', ({ role }) => Number(role === 'relay')],
  ['circle_takes_new', '1 while new recordings are taken', ({ room }) => Number(room === 'open')],
  ['circle_refused', 'Recordings there was no room for', ({ refused }) => refused]
]

export function metricsText(status: RelayStatus): string {
  const circles = status.circles.map((one) => ({ of: one, labels: labelsOf(one) }))
  const texts = [
    ...OF_RELAY.map((metric) => textOf(metric, [{ of: status, labels: '' }])),
    ...OF_CIRCLE.map((metric) => textOf(metric, circles))
  ]
  return texts.join('')
}

/** What nobody can tell is left out: 0 would be a statement. */
function textOf<T>([name, help, value]: Metric<T>, all: { of: T; labels: string }[]): string {
  const full = 'temoin_relay_' + name
  const known = all.filter(({ of }) => value(of) !== null)
  if (known.length === 0) return ''
  const lines = known.map(({ of, labels }) => `${full}${labels} ${value(of)}\n`)
  const type = name.endsWith('_total') ? 'counter' : 'gauge'
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`
}

function labelsOf({ circle }: CircleStatus): string {
  return `{circle="${circle.slice(0, 8)}"}`
}

function scrubAgeOf({ scrub, atMs }: RelayStatus): number | null {
  return scrub.roundEndedAtMs === null ? null : (atMs - scrub.roundEndedAtMs) / 1000
}
