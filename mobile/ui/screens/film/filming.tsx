// While filming: how safe it is, above everything else; the time; one way to stop. Nothing that a shaking
// thumb could do wrong.

import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { t } from '../../words/words.ts'
import { banners, mode, pocket, session, stop, view } from './model.ts'
import { NoteStrip } from './note-strip.tsx'
import { Pocket } from './pocket.tsx'
import { SafetyPanel } from './safety-panel.tsx'
import { Viewfinder } from './viewfinder.tsx'

export function Filming() {
  const seconds = session.value?.stats.value.seconds ?? 0
  const isEnding = view.value === 'ending'
  return (
    <div class="film filming">
      <h1 class="visually-hidden">{t('film.filming')}</h1>
      <Viewfinder />
      <div class="film-top">
        <SafetyPanel />
        {banners.value.map(({ name, kind }) => (
          <Banner key={name} kind={kind}>
            <p>{t(`film.banner-${name}`)}</p>
          </Banner>
        ))}
      </div>
      {isEnding || mode.value === 'photo' ? null : <NoteStrip />}
      <div class="film-bottom">
        <p class="film-time number" role="timer">
          <span class="film-live" aria-hidden="true" /> {clockText(seconds)}
        </p>
        <div class="film-controls">
          <span class="film-control">
            <Button onClick={() => (pocket.value = true)}>{t('film.pocket')}</Button>
          </span>
          <button
            class="record"
            type="button"
            aria-label={t('film.stop')}
            disabled={isEnding}
            onClick={() => void stop()}
          >
            <span class="record-square" />
          </button>
          <span class="film-control" aria-hidden="true">
            <span class="film-stop-word" onClick={() => void stop()}>
              {t(isEnding ? 'film.ending' : 'film.stopShort')}
            </span>
          </span>
        </div>
      </div>
      {pocket.value && <Pocket />}
    </div>
  )
}
