// Which sentence says what would be left if this phone were taken now, and how worrying that is.

import type { Sentence } from './sentence.ts'
import type { Taken } from './taken.ts'

/** As a colour, and as what a screen reader says before the sentence. */
export type Safety = 'safe' | 'partly' | 'nobody' | 'idle' | 'stale'

/** @param timeText a moment as people read it: `12:04:31`, with the day where it is not today */
export function takenSentence(taken: Taken, timeText: (ms: number) => string): Sentence {
  const key = `taken.${taken.kind}`
  if (taken.kind === 'nothing-filmed' || taken.kind === 'nobody') return { key }
  const values = { count: taken.devices }
  if (taken.kind === 'everything' || taken.kind === 'but-page') return { key, values }
  if (taken.untilMs === null) return { key: 'taken.together-everything', values }
  return { key, values: { ...values, time: timeText(taken.untilMs) } }
}

/** @param isCurrent false where the engine does not answer: what was said last may hold no more */
export function takenSafety({ kind }: Taken, isCurrent: boolean): Safety {
  if (!isCurrent) return 'stale'
  if (kind === 'nothing-filmed') return 'idle'
  if (kind === 'everything') return 'safe'
  return kind === 'nobody' ? 'nobody' : 'partly'
}
