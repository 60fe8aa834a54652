// Says of a film that its first seconds were in memory before the tap: they are as its device says, and no
// holder stood for them while they happened.

import type { TimelineState } from '../../../../../core/api/contract.ts'
import { t } from '../../../words/words.ts'

export function BeforeTap({ timeline }: { timeline: TimelineState | null }) {
  const beforeMs = timeline?.parts[0]?.preEventMs ?? 0
  if (beforeMs === 0) return null
  return <p class="quiet">{t('watch.before', { count: Math.round(beforeMs / 1000) })}</p>
}
