// Of films that have ended, what the engine has not: only this page's memory has it. Says so on every screen
// until it is handed on, and asks before it is given up.

import { useState } from 'preact/hooks'
import { Ask } from '../../components/ask.tsx'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { connection, slice } from '../../engine/engine.ts'
import { linkTo, place } from '../../shell/router.ts'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { whyUnfinished, type Unfinished as Why } from '../../state/film/shown/unfinished.ts'
import { t } from '../../words/words.ts'
import { isShut, unfinished } from './model.ts'

const disk = slice('disk')

export function Unfinished() {
  const [asked, ask] = useState(false)
  const films = unfinished.value
  if (films.length === 0) return null
  const seconds = films.reduce((sum, { stats }) => sum + stats.value.waitingSeconds, 0)
  const time = clockText(Math.ceil(seconds))
  const why = whyUnfinished(connection.value, films.some(isShut), disk.value?.full ?? false)
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
        <Remedies why={why} onGiveUp={() => ask(true)} />
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

/** Side by side below the sentence, which needs the room. */
function Remedies({ why, onGiveUp }: { why: Why; onGiveUp: () => void }) {
  const giveUp = <Button onClick={onGiveUp}>{t('film.give-up')}</Button>
  if (why !== 'locked' || place.value.screen !== 'film') return giveUp
  return (
    <div class="actions">
      <Button kind="primary" href={linkTo('circle')}>
        {t('locked.unlock')}
      </Button>
      {giveUp}
    </div>
  )
}
