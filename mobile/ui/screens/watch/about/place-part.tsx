// The way the camera went, drawn here from the film's own samples: no map is asked for, so nobody learns
// which film is looked at.

import { useMemo } from 'preact/hooks'
import type { TimelineState } from '../../../../../core/api/contract.ts'
import type { Player } from '../../../playback/player.ts'
import { pointAt, trackOf, type Track } from '../../../state/playback/track.ts'
import { t } from '../../../words/words.ts'

export interface PlacePartProps {
  timeline: TimelineState | null
  player: Player | null
}

export function PlacePart({ timeline, player }: PlacePartProps) {
  const places = timeline?.places
  const track = useMemo(() => trackOf(places ?? []), [places])
  if (track === null || places === undefined) return null
  const at = player?.view.value.at ?? 0
  const here = places.filter(({ seconds }) => seconds <= at).at(-1) ?? places[0]!
  return (
    <section class="part">
      <h2>{t('watch.place')}</h2>
      <Drawing track={track} at={at} />
      <p class="number" dir="ltr">
        {here.latitude.toFixed(5)}, {here.longitude.toFixed(5)} ± {Math.round(here.accuracyM)} m
      </p>
      <p class="quiet">{t('watch.placeNote')}</p>
    </section>
  )
}

function Drawing({ track, at }: { track: Track; at: number }) {
  const { size, points, scale } = track
  const dot = pointAt(track, at)!
  const [x, y] = [size - 16, size - 12]
  return (
    <svg class="track" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('watch.place')}>
      {points.map(({ x, y, radius }, i) => (
        <circle key={i} class="accuracy" cx={x} cy={y} r={radius} />
      ))}
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      <circle class="here" cx={dot.x} cy={dot.y} r="7" />
      <path class="scale" d={`M${x - scale.units} ${y - 5}v5h${scale.units}v-5`} />
      <text x={x - scale.units / 2} y={y - 9} text-anchor="middle">
        {scale.metres} m
      </text>
      <path class="scale" d="M16 34V12l-5 7m5-7 5 7" />
      <text x="16" y="50" text-anchor="middle">
        {t('watch.north')}
      </text>
    </svg>
  )
}
