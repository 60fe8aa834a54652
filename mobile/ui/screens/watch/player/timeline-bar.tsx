// The film as a line: where it stands, what is missing, what was noted, how much of it others signed for.
// Drawn from left to right in every language, as players everywhere do.

import type { RecordingState, TimelineState } from '../../../../../core/api/contract.ts'
import type { Player } from '../../../playback/player.ts'
import { coverage } from '../../../state/playback/coverage.ts'
import { duration } from '../../../words/format.ts'
import { t } from '../../../words/words.ts'

export interface TimelineBarProps {
  film: RecordingState
  player: Player | null
  timeline: TimelineState | null
}

export function TimelineBar({ film, player, timeline }: TimelineBarProps) {
  const view = player?.view.value
  const at = view?.at ?? 0
  const total = Math.max(timeline?.seconds ?? 0, film.seconds ?? 0, view?.edge ?? 0, at, 0.1)
  const place = (from: number, to: number) => ({
    left: `${(100 * from) / total}%`,
    width: `${(100 * Math.max(0, to - from)) / total}%`
  })
  return (
    <div class="timeline" dir="ltr">
      <div class="strip" aria-hidden="true">
        {timeline &&
          coverage(timeline.receipts, film.author, total).map(({ from, to, copies }) => (
            <span key={from} class={`held held-${Math.min(copies, 1)}`} style={place(from, to)} />
          ))}
        {timeline?.gaps.map(({ seconds, lengthSeconds }) => (
          <span key={seconds} class="gap" style={place(seconds, seconds + lengthSeconds)} />
        ))}
        {timeline?.notes.map((note, i) => (
          <span
            key={i}
            class={`note-mark${note.inFilm ? '' : ' later'}`}
            style={place(note.seconds, note.seconds)}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={total}
        step={0.1}
        value={at}
        aria-label={t('watch.position')}
        aria-valuetext={t('watch.positionOf', { at: duration(at), total: duration(total) })}
        onInput={(event) => player?.seek(Number(event.currentTarget.value))}
      />
      <p class="timeline-text">
        <span class="number">
          {duration(at)} / {duration(total)}
        </span>
        <Legend film={film} timeline={timeline} total={total} />
      </p>
    </div>
  )
}

type LegendProps = Pick<TimelineBarProps, 'film' | 'timeline'> & { total: number }

/** What the strip says by colour, in words. */
function Legend({ film, timeline, total }: LegendProps) {
  if (timeline === null) return null
  const stretches = coverage(timeline.receipts, film.author, total)
  const alone = stretches.find(({ copies }) => copies === 0)
  const safe = alone === undefined ? total : alone.from
  return (
    <span>
      {safe === 0 ? t('watch.signedByNobody') : t('watch.signedTo', { at: duration(safe) })}
      {timeline.gaps.length > 0 && ` · ${t('watch.gaps', { count: timeline.gaps.length })}`}
    </span>
  )
}
