// Of films that have ended, what the engine has not: only this page's memory has it. Says so on every screen
// until it is handed on, and asks before it is given up.

import { useState } from 'preact/hooks'
import { Ask } from '../../components/ask.tsx'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { connection, slice } from '../../engine/engine.ts'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { whyUnfinished } from '../../state/film/shown/unfinished.ts'
import { t } from '../../words/words.ts'
import { unfinished } from './model.ts'

const disk = slice('disk')

export function Unfinished() {
  const [asked, ask] = useState(false)
  const films = unfinished.value
  if (films.length === 0) return null
  const seconds = films.reduce((sum, { stats }) => sum + stats.value.waitingSeconds, 0)
  const time = clockText(Math.ceil(seconds))
  const why = whyUnfinished(connection.value, disk.value?.full ?? false)
  const giveUp = (): void => {
    for (const film of films) film.giveUp()
    ask(false)
  }
  return (
    <>
      <Banner
        kind={why === 'waiting' ? 'warn' : 'danger'}
        ticking={t('film.unfinished-time', { time })}
      >
        <p>{t(`film.unfinished-${why}`)}</p>
        <Button onClick={() => ask(true)}>{t('film.give-up')}</Button>
      </Banner>
      <Ask
        title={t('film.give-up-title', { time })}
        open={asked}
        yes={t('film.give-up-yes')}
        no={t('film.give-up-no')}
        danger
        onYes={giveUp}
        onNo={() => ask(false)}
      >
        <p>{t('film.give-up-note')}</p>
      </Ask>
    </>
  )
}
