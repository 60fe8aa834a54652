// Whatever is sent, memory stays bounded: in bytes, coarsely, for who collects its garbage when it
// likes; and in counts of what members can make a device remember.

import process from '#process'
import { MAX_HEADS, MAX_TOLD_FILMS } from '../../../../core/limits.ts'
import type { Rule } from './rule.ts'

/** Twelve devices with their databases share the process. */
const MAX_BYTES = 900 * 2 ** 20

export const bounded: Rule = ({ honest }) => {
  const { rss } = process.memoryUsage()
  const large = rss > MAX_BYTES ? [`The process has grown to ${Math.round(rss / 2 ** 20)} MiB`] : []
  return [...large, ...honest.flatMap(({ index, station }) => tooMany(index, station!.state))]
}

function tooMany(index: number, state: { heads: unknown[]; films: unknown[] }): string[] {
  if (state.heads.length <= MAX_HEADS && state.films.length <= MAX_TOLD_FILMS) return []
  return [`device ${index} remembers ${state.heads.length} heads, ${state.films.length} films`]
}
