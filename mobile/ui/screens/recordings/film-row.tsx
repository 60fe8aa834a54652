// One film in the list: a picture, who filmed it, when, how long, who has it.

import { useEffect, useState } from 'preact/hooks'
import type { RecordingState } from '../../../../core/api/contract.ts'
import { ListItem } from '../../components/list.tsx'
import { stillOf } from '../../playback/still.ts'
import { wholeCopies } from '../../state/films.ts'
import { linkTo } from '../../shell/router.ts'
import { dayAndTime, duration } from '../../words/format.ts'
import { t } from '../../words/words.ts'
import { authorOf } from '../watch/people.ts'

/** A film that runs gets a new picture so often. */
const LIVE_PICTURE_SECONDS = 10

export function FilmRow({ film }: { film: RecordingState }) {
  return (
    <ListItem
      href={linkTo('watch', film.recording)}
      before={<Picture film={film} />}
      note={
        <>
          {dayAndTime(film.startedAtMs)}
          {film.seconds !== null && ` · ${duration(film.seconds)}`}
          <br />
          <Held film={film} />
          {stateOf(film)}
        </>
      }
    >
      {authorOf(film)}
    </ListItem>
  )
}

function Picture({ film }: { film: RecordingState }) {
  const [url, setUrl] = useState<string | null>(null)
  const at = pictureAt(film)
  useEffect(() => {
    let here = true
    if (at !== null) {
      void stillOf(film.recording, at).then((made) => here && made !== null && setUrl(made))
    }
    return () => {
      here = false
    }
  }, [film.recording, at])
  return (
    <span class="still">
      {url !== null && <img src={url} alt="" width="192" height="108" />}
      {film.readable === false && <Lock />}
      {film.phase === 'live' && <span class="live-sign">{t('recordings.live')}</span>}
    </span>
  )
}

/** The words beside it say the same. */
function Lock() {
  return (
    <svg class="sign still-lock" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z" />
    </svg>
  )
}

/** Which moment stands for a film: its first second, of a running one about now. */
function pictureAt({ seconds, phase, readable }: RecordingState): number | null {
  if (readable === false || seconds === null || seconds === 0) return null
  if (phase !== 'live') return Math.min(1, seconds / 2)
  return Math.floor(seconds / LIVE_PICTURE_SECONDS) * LIVE_PICTURE_SECONDS
}

function Held({ film }: { film: RecordingState }) {
  const whole = wholeCopies(film)
  if (whole === 0 && film.own) return <strong class="nobody">{t('recordings.nobody')}</strong>
  if (film.own) return <>{t('recordings.copies', { count: whole })}</>
  return <>{whole === 0 ? t('recordings.hereOnly') : t('recordings.here', { count: whole })}</>
}

function stateOf({ phase, readable, afterRevocation }: RecordingState): string {
  const words = [
    ...(phase === 'ended' ? [t('recordings.incomplete')] : []),
    ...(phase === 'interrupted' ? [t('recordings.interrupted')] : []),
    ...(readable === false ? [t('recordings.closed')] : []),
    ...(afterRevocation ? [t('recordings.afterRevocation')] : [])
  ]
  return words.map((word) => ` · ${word}`).join('')
}
