// Says where the clock of the device that filmed was set in mid-film: its dates are not to be compared then.

import type { TimelineState } from '../../../../../core/api/contract.ts'
import { jumpsIn } from '../../../state/playback/clock.ts'
import { duration } from '../../../words/format.ts'
import { t } from '../../../words/words.ts'

/** More than a person would look at. */
const MAX_SHOWN = 5

export function ClockNote({ timeline }: { timeline: TimelineState | null }) {
  const jumps = timeline === null ? [] : jumpsIn(timeline)
  if (jumps.length === 0) return null
  const at = jumps.slice(0, MAX_SHOWN).map(duration).join(', ')
  return <p class="quiet">{t('watch.clockJumped', { at })}</p>
}
