// Several films of one moment side by side, on one clock (playback/group.ts).

import { useEffect, useState } from 'preact/hooks'
import type { RecordingState } from '../../../../core/api/contract.ts'
import { Button } from '../../components/button.tsx'
import { Group } from '../../playback/group.ts'
import { linkTo } from '../../shell/router.ts'
import { spanOf } from '../../state/films.ts'
import { exactTime } from '../../words/format.ts'
import { t } from '../../words/words.ts'
import { authorOf } from './people.ts'
import { Picture } from './player/picture.tsx'
import { usePlayer, useTimeline } from './player/use-film.ts'

const EVERY_MS = 250
const STEP_MS = 10_000

export function Together({ films }: { films: RecordingState[] }) {
  const [group] = useState(() => new Group(commonStart(films)))
  const [, draw] = useState(0)
  const redraw = (): void => draw((count) => count + 1)
  useEffect(() => {
    const timer = setInterval(() => (group.keep(EVERY_MS), redraw()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const seek = (wallMs: number): void => (group.seek(wallMs), redraw())
  return (
    <div class="watch-all">
      <h1>{t('watch.togetherTitle')}</h1>
      <p class="quiet">{t('watch.togetherNote')}</p>
      <div class="tiles">
        {films.map((film) => (
          <OneTile key={film.recording} film={film} group={group} />
        ))}
      </div>
      <Clock films={films} wallMs={group.wallMs} seek={seek} />
      <div class="controls">
        <Button kind="primary" onClick={() => (group.toggle(), redraw())}>
          {t(group.playing ? 'watch.pause' : 'watch.play')}
        </Button>
        <Button onClick={() => seek(group.wallMs - STEP_MS)} label={`−10: ${t('watch.backTen')}`}>
          <span dir="ltr">−10</span>
        </Button>
        <Button onClick={() => seek(group.wallMs + STEP_MS)} label={`+10: ${t('watch.onTen')}`}>
          <span dir="ltr">+10</span>
        </Button>
      </div>
    </div>
  )
}

function OneTile({ film, group }: { film: RecordingState; group: Group }) {
  const from = Math.max(0, (group.wallMs - film.startedAtMs) / 1000)
  const { video, player } = usePlayer(film, from)
  const timeline = useTimeline(film)
  useEffect(() => {
    if (player) group.set({ film, player, timeline })
    return () => group.delete(film)
  }, [player, timeline, film])
  return (
    <div class="tile">
      <Picture film={film} player={player} video={video} away={!group.isRunning(film)} />
      <a class="tile-name" href={linkTo('watch', film.recording)}>
        {authorOf(film)}
      </a>
    </div>
  )
}

function Clock(props: { films: RecordingState[]; wallMs: number; seek: (toMs: number) => void }) {
  const spans = props.films.map((film) => spanOf(film, Date.now()))
  const from = Math.min(...spans.map(({ fromMs }) => fromMs))
  const to = Math.max(...spans.map(({ toMs }) => toMs))
  return (
    <div class="timeline" dir="ltr">
      <input
        type="range"
        min={from}
        max={to}
        step={100}
        value={props.wallMs}
        aria-label={t('watch.position')}
        aria-valuetext={exactTime(props.wallMs)}
        onInput={(event) => props.seek(Number(event.currentTarget.value))}
      />
      <p class="number">
        <bdi>{exactTime(props.wallMs)}</bdi>
      </p>
    </div>
  )
}

/** Where all of them run: the latest start. */
function commonStart(films: RecordingState[]): number {
  return Math.max(...films.map(({ startedAtMs }) => startedAtMs))
}
