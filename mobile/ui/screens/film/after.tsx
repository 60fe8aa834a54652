// Afterwards: who has the film, up to where, and signed for it when. Goes on counting while the rest is
// handed on.

import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { List, ListItem } from '../../components/list.tsx'
import { useEffect } from 'preact/hooks'
import type { HolderItem } from '../../../../core/api/contract.ts'
import { call, connection, slice } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import { activeOthers } from '../../state/circle/circle-view.ts'
import { isLocked } from '../../state/device/face.ts'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { outcomeOf, type Outcome } from '../../state/film/shown/outcome.ts'
import { holdersOf, pieceOf, type FilmPiece } from '../../state/film/shown/pieces.ts'
import { language, t } from '../../words/words.ts'
import { again, session, unfinished } from './model.ts'
import { Unfinished } from './unfinished.tsx'
import './style/after.css'

const recordings = slice('recordings')
const circles = slice('circles')
const device = slice('device')

export function After() {
  const film = session.value
  const { seconds, droppedUs } = film?.stats.value ?? { seconds: 0, droppedUs: 0 }
  const pieces = usePieces()
  const holders = holdersOf(pieces)
  const handed = film?.handed.value ?? 'waiting'
  const outcome = outcomeOf({ pieces, holders, handed, droppedUs })
  return (
    <div class="page after">
      <h1>{t('film.after', { time: clockText(seconds) })}</h1>
      <Unfinished />
      <Lost said="film.dropped" seconds={droppedUs / 1e6} />
      <Lost said="film.given-up" seconds={film?.givenUpSeconds.value ?? 0} />
      <Died filmed={seconds} lost={film?.diedWithSeconds.value ?? null} />
      {isTold(outcome) && (
        <Banner kind={outcome.level} ticking={untilOf(outcome)}>
          <p>{t(`film.outcome-${outcome.kind}`, { count: outcome.whole })}</p>
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
  return isOver || kind === 'partly' || kind === 'some'
}

/** Moves on while it is handed on. */
function untilOf({ kind, safeSeconds }: Outcome): string | null {
  return kind === 'partly' ? t('film.outcome-until', { time: clockText(safeSeconds) }) : null
}

/** What no longer comes, whoever has the rest. */
function Lost({ said, seconds }: { said: 'film.dropped' | 'film.given-up'; seconds: number }) {
  if (seconds === 0) return null
  return (
    <Banner kind="warn">
      <p>{t(said, { time: clockText(Math.ceil(seconds)) })}</p>
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

/** Nobody could take it, now or later: the remedy is a circle. A locked device does not say who is in one. */
function isAlone(): boolean {
  if (device.value === null || isLocked(device.value)) return false
  return Object.values(circles.value ?? {}).every((circle) => activeOthers(circle).length === 0)
}

/** All that the engine has of it. Who holds what it has no run of is read only where somebody asks. */
function usePieces(): FilmPiece[] {
  const run = session.value?.filming.value ?? null
  const keys = session.value?.held.value ?? []
  const known = recordings.value ?? {}
  const unread = keys.filter((key) => !known[key]?.read)
  const connected = connection.value === 'open'
  useEffect(() => {
    if (connected && unread.length > 0)
      call('recording.read', { recordings: unread }).catch(() => {})
  }, [connected, unread.length])
  return keys.map((key) => pieceOf(known[key], run?.recording === key ? run : null))
}

function noteOf({ all, seconds, atMs, receipts }: HolderItem): string {
  const until = all ? t('film.hasAll') : hasUntil(seconds)
  if (atMs === null) return until
  const at = new Date(atMs).toLocaleTimeString(language.value)
  return `${until} · ${t('film.signed', { count: receipts, at })}`
}

function hasUntil(seconds: number | null): string {
  return seconds === null ? t('film.hasSome') : t('film.hasUntil', { time: clockText(seconds) })
}

/** Who is there now, nobody knows without the engine. */
function Online({ holder }: { holder: HolderItem }) {
  if (connection.value !== 'open') return null
  return <span class="list-item-note">{t(holder.online ? 'film.online' : 'film.offline')}</span>
}
