// Films a source: each item into the film when it is due, until the source ends, somebody wants to
// stop, or this disk is full.
// Must never: record anything before the source has shown that it can be recorded.

import type { SealReason } from '../../core/encoding/recording/entry.ts'
import { TemoinError } from '../../core/errors.ts'
import type { Film } from '../../core/filming/film.ts'
import type { MediaItem } from '../../core/media/types.ts'
import { systemClock } from '../../core/runtime/clock.ts'
import type { Stop } from '../stop.ts'
import type { MediaSource } from './media-source.ts'
import type { Pace } from './pace.ts'

/** @returns why it ended */
export async function shoot(
  source: MediaSource,
  film: Film,
  pace: Pace,
  stop: Stop
): Promise<SealReason> {
  const clock = systemClock()
  const onStop = (): void => source.close()
  stop.on(onStop)
  try {
    await source.begin()
    for (let item = await source.next(); item !== null; item = await source.next()) {
      if (item.kind === 'fragment') {
        await stop.sleep(pace.waitMs(item.fragment.ptsUs, clock.monotonicMs()))
      }
      if (stop.requested) break
      await take(film, item)
    }
    return stop.requested ? 'stopped' : source.ending
  } catch (err) {
    if (stop.requested) return 'stopped'
    if (TemoinError.is(err, 'STORAGE_FULL')) return 'storage-full'
    throw err
  } finally {
    stop.off(onStop)
    source.close()
  }
}

async function take(film: Film, item: MediaItem): Promise<void> {
  if (item.kind === 'init') await film.begin(item.description, item.data)
  else await film.fragment(item.fragment)
}
