// Before the tap: the viewfinder, who could have the film in a moment, and one large button.

import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import type { CaptureMode } from '../../capture/device/camera.ts'
import { connection, state } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import { onlineOf, type Readiness } from '../../state/film/shown/readiness.ts'
import { t, type WordKey } from '../../words/words.ts'
import {
  camera,
  changeCircle,
  chooseMode,
  film,
  filmCircle,
  filmCircles,
  mode,
  openCamera,
  ringSeconds,
  turnAround,
  unable
} from './model.ts'
import { Unfinished } from './unfinished.tsx'
import { Viewfinder } from './viewfinder.tsx'

const MODES: CaptureMode[] = ['video', 'audio', 'photo']

export function Ready() {
  return (
    <div class="film">
      <h1 class="visually-hidden">{t('film.title')}</h1>
      <Viewfinder />
      <div class="film-top">
        <Standing />
        <CircleChoice />
        <Unfinished />
        <CameraTrouble />
        {ringSeconds.value > 0 && (
          <p class="film-chip">{t('film.before', { seconds: Math.floor(ringSeconds.value) })}</p>
        )}
      </div>
      <div class="film-bottom">
        <Modes />
        <div class="film-controls">
          <span class="film-control" />
          <button
            class="record"
            type="button"
            aria-label={t(mode.value === 'photo' ? 'film.takePhoto' : 'film.start')}
            disabled={unable.value}
            onClick={film}
          >
            <span class={`record-dot ${mode.value}`} />
          </button>
          <span class="film-control">{mode.value !== 'audio' && <Turn />}</span>
        </div>
      </div>
    </div>
  )
}

/** Who could have it: said before, so that nobody finds out afterwards. */
function Standing() {
  const circle = filmCircles.value.find((each) => each.circle === filmCircle.value)
  const said = state.value
  const meant =
    circle === undefined || said === null ? said : { ...said, circles: { [circle.circle]: circle } }
  const standing = onlineOf(meant, connection.value)
  return (
    <a class={`film-standing ${LEVELS[standing.kind]}`} href={linkTo('circle')}>
      {t(`film.standing-${standing.kind}` as WordKey, { count: standing.online })}
    </a>
  )
}

/** Where there are several, who gets the film: one touch takes the next. */
function CircleChoice() {
  const circle = filmCircles.value.find((each) => each.circle === filmCircle.value)
  if (circle === undefined || filmCircles.value.length < 2) return null
  return (
    <button type="button" class="film-chip" onClick={changeCircle}>
      {t('film.circle', { name: circle.name || t('circle.unnamed') })}
    </button>
  )
}

const LEVELS: Record<Readiness['kind'], string> = {
  waiting: 'none',
  denied: 'danger',
  lost: 'danger',
  locked: 'none',
  sealed: 'danger',
  failed: 'danger',
  'cut-off': 'danger',
  alone: 'warn',
  nobody: 'warn',
  online: 'safe'
}

function CameraTrouble() {
  const state = unable.value ? 'unsupported' : camera.state.value
  if (state === 'off' || state === 'open' || state === 'opening') return null
  return (
    <Banner kind="danger">
      <p>{t(`film.camera-${state}`)}</p>
      <Button onClick={() => void openCamera()}>{t('shell.again')}</Button>
    </Banner>
  )
}

function Turn() {
  return (
    <Button label={t('film.turn')} onClick={() => void turnAround()}>
      <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 12a8 8 0 0 1 14-5l2 2M20 12a8 8 0 0 1-14 5l-2-2M20 4v5h-5M4 20v-5h5" />
      </svg>
    </Button>
  )
}

function Modes() {
  return (
    <div class="film-modes" role="group" aria-label={t('film.modes')}>
      {MODES.map((each) => (
        <button
          key={each}
          type="button"
          class="film-mode"
          aria-pressed={each === mode.value}
          onClick={() => chooseMode(each)}
        >
          {t(`film.mode-${each}`)}
        </button>
      ))}
    </div>
  )
}
