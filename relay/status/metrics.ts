// A relay's status as Prometheus reads it (text format 0.0.4). Pure. Circles are named by the beginning of
// their keys: enough to tell them apart on a graph, and no more.

import { healthOf } from './status.ts'
import type { CircleStatus, RelayStatus } from './status.ts'

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

interface Metric {
  name: string
  help: string
  type: 'gauge' | 'counter'
  values: [labels: string, value: number | null][]
}

export function metricsText(status: RelayStatus): string {
  return [...ofRelay(status), ...ofCircles(status)].map(textOf).join('')
}

function ofRelay(status: RelayStatus): Metric[] {
  const { scrub, circles, atMs } = status
  const one = (value: number | null): Metric['values'] => [['', value]]
  const scrubAge = scrub.roundEndedAtMs && (atMs - scrub.roundEndedAtMs) / 1000
  return [
    gauge('up_seconds', 'Time since it started', one((atMs - status.startedAtMs) / 1000)),
    gauge('circles', 'Circles it is a member of', one(circles.length)),
    gauge('links', 'Devices it is linked with', one(status.links)),
    gauge('used_bytes', 'Recordings of all circles', one(status.usedBytes)),
    gauge('capacity_bytes', 'What they may come to, by quota or disk', one(status.capacityBytes)),
    gauge('disk_free_bytes', 'Free on the disk', one(status.diskFreeBytes)),
    gauge('full_in_days', 'At the rate of the last weeks', one(status.fullInDays)),
    gauge(
      'full',
      '1 where some circle is not taken any more',
      one(Number(healthOf(status) === 'full'))
    ),
    gauge('lag_blocks', 'Blocks of running films known of and not here', one(status.lagBlocks)),
    counter('receipts_total', 'Receipts signed', one(status.receipts)),
    counter('scrub_blocks_total', 'Blocks read again', one(scrub.blocks)),
    counter('scrub_damaged_total', 'Of those, damaged', one(scrub.damaged)),
    gauge('scrub_age_seconds', 'Since everything had been read again', one(scrubAge || null))
  ]
}

function ofCircles({ circles }: RelayStatus): Metric[] {
  const each = (value: (circle: CircleStatus) => number | null): Metric['values'] =>
    circles.map((one) => [`{circle="${one.circle.slice(0, 8)}"}`, value(one)])
  return [
    gauge(
      'circle_members',
      'Members',
      each(({ members }) => members)
    ),
    gauge(
      'circle_online',
      'Members linked now',
      each(({ online }) => online)
    ),
    gauge(
      'circle_recordings',
      'Recordings here',
      each(({ recordings }) => recordings)
    ),
    gauge(
      'circle_live',
      'Of those, being filmed now',
      each(({ live }) => live)
    ),
    gauge(
      'circle_bytes',
      'Bytes of recordings here',
      each(({ bytes }) => bytes)
    ),
    gauge(
      'circle_quota_bytes',
      'Its own limit',
      each(({ quotaBytes }) => quotaBytes)
    ),
    gauge(
      'circle_used_ratio',
      'Used of what there is for it',
      each(({ share }) => share)
    ),
    gauge(
      'circle_takes_new',
      '1 while new recordings are taken',
      each(({ room }) => Number(room === 'open'))
    ),
    gauge(
      'circle_refused',
      'Recordings there was no room for',
      each(({ refused }) => refused)
    )
  ]
}

function gauge(name: string, help: string, values: Metric['values']): Metric {
  return { name, help, type: 'gauge', values }
}

function counter(name: string, help: string, values: Metric['values']): Metric {
  return { name, help, type: 'counter', values }
}

/** What nobody can tell is left out: 0 would be a statement. */
function textOf({ name, help, type, values }: Metric): string {
  const full = 'temoin_relay_' + name
  const known = values.filter(([, value]) => value !== null)
  if (known.length === 0) return ''
  const lines = known.map(([labels, value]) => `${full}${labels} ${value}\n`)
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`
}
