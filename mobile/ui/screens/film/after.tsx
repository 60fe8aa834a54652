// Afterwards: who has the film, up to where, and signed for it when. Goes on counting while the rest is
// handed on.

import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { List, ListItem } from '../../components/list.tsx'
import { useEffect } from 'preact/hooks'
import type { HolderItem, Key } from '../../../../core/api/contract.ts'
import { call, connection, slice } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import { activeOthers } from '../../state/circle/circle-view.ts'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { outcomeOf, type Earlier, type Outcome } from '../../state/film/shown/outcome.ts'
import { language, t } from '../../words/words.ts'
import { again, filming, session, unfinished } from './model.ts'
import { Unfinished } from './unfinished.tsx'

const recordings = slice('recordings')
const circles = slice('circles')

export function After() {
  const film = filming.value
  const seconds = session.value?.stats.value.seconds ?? 0
  const recording = film?.recording ? recordings.value?.[film.recording] : undefined
  const holders = (recording?.holders ?? film?.holders ?? []).filter(({ length }) => length > 0)
  const outcome = outcomeOf(holders, film, seconds, useEarlier(film?.recording ?? null))
  return (
    <div class="page after">
      <h1>{t('film.after', { time: clockText(seconds) })}</h1>
      <Unfinished />
      <GivenUp seconds={session.value?.givenUpSeconds.value ?? 0} />
      <Died filmed={seconds} lost={session.value?.diedWithSeconds.value ?? null} />
      {isTold(outcome) && (
        <Banner kind={outcome.level}>
          <p>
            {t(`film.outcome-${outcome.kind}`, {
              count: outcome.whole,
              time: clockText(outcome.safeSeconds)
            })}
          </p>
        </Banner>
      )}
      {holders.length > 0 && (
        <List label={t('film.holders')}>
          {holders.map((holder) => (
            <ListItem key={holder.device} note={noteOf(holder)} after={<Online holder={holder} />}>
              {holder.name || t('film.unnamed')}
            </ListItem>
          ))}
        </List>
      )}
      {outcome.kind === 'nobody' && isAlone() && (
        <Button wide href={linkTo('circle')}>
          {t('circle.first.invite')}
        </Button>
      )}
      <div class="actions">
        <Button kind="primary" onClick={again}>
          {t('film.again')}
        </Button>
        <Button href={linkTo('recordings')}>{t('film.toRecordings')}</Button>
      </div>
    </div>
  )
}

/** While this page still has the rest nobody has the whole, nothing is lost, and what to do is said already. */
function isTold({ kind }: Outcome): boolean {
  const isOver = session.value === null || !unfinished.value.includes(session.value)
  return isOver || kind === 'partly'
}

function GivenUp({ seconds }: { seconds: number }) {
  if (seconds === 0) return null
  return (
    <Banner kind="warn">
      <p>{t('film.given-up', { time: clockText(Math.ceil(seconds)) })}</p>
    </Banner>
  )
}

/** The worker that films, not a person, has ended it. */
function Died({ filmed, lost }: { filmed: number; lost: number | null }) {
  if (lost === null) return null
  const at = clockText(filmed)
  const time = clockText(Math.ceil(lost))
  return (
    <Banner kind="danger">
      <p>{lost > 0 ? t('film.died-with', { at, time }) : t('film.died', { at })}</p>
    </Banner>
  )
}

/** Nobody could take it, now or later: the remedy is a circle. */
function isAlone(): boolean {
  return Object.values(circles.value ?? {}).every((circle) => activeOthers(circle).length === 0)
}

/** Who holds what came before the engine began anew is read only where somebody asks. */
function useEarlier(recording: Key | null): Earlier[] {
  const keys = (session.value?.recordings.value ?? []).filter((key) => key !== recording)
  const connected = connection.value === 'open'
  useEffect(() => {
    if (connected && keys.length > 0) call('recording.read', { recordings: keys }).catch(() => {})
  }, [connected, keys.length])
  return keys.map((key) => recordings.value?.[key] ?? { seconds: 0, holders: [] })
}

function noteOf({ all, seconds, atMs, receipts }: HolderItem): string {
  const until = all ? t('film.hasAll') : t('film.hasUntil', { time: clockText(seconds ?? 0) })
  if (atMs === null) return until
  const at = new Date(atMs).toLocaleTimeString(language.value)
  return `${until} · ${t('film.signed', { count: receipts, at })}`
}

function Online({ holder }: { holder: HolderItem }) {
  return <span class="list-item-note">{t(holder.online ? 'film.online' : 'film.offline')}</span>
}
