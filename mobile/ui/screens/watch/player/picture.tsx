// The picture of one film, and in words why there is none.

import type { RefObject } from 'preact'
import type { RecordingState } from '../../../../../core/api/contract.ts'
import { Button } from '../../../components/button.tsx'
import type { Player, PlayerView, Problem } from '../../../playback/player.ts'
import { t, type WordKey } from '../../../words/words.ts'
import { titleOf } from '../people.ts'

export interface PictureProps {
  film: RecordingState
  player: Player | null
  video: RefObject<HTMLVideoElement | null>
  /** Beside others: it was not running at that moment. */
  away?: boolean
}

export function Picture({ film, player, video, away = false }: PictureProps) {
  const view = player?.view.value
  return (
    <figure class="picture">
      <video ref={video} playsInline aria-label={titleOf(film)} />
      {film.phase === 'live' && view?.following && (
        <span class="live-sign">{t('recordings.live')}</span>
      )}
      {view && player && !away && <Notice view={view} player={player} />}
      {away && (
        <div class="notice">
          <p>{t('watch.away')}</p>
        </div>
      )}
    </figure>
  )
}

function Notice({ view, player }: { view: PlayerView; player: Player }) {
  if (view.problem) {
    return (
      <div class="notice" role="alert">
        <p>{sentenceFor(view.problem)}</p>
        {view.problem.kind === 'engine' && (
          <Button onClick={() => player.start(view.at)}>{t('shell.again')}</Button>
        )}
      </div>
    )
  }
  if (view.lost) {
    return (
      <div class="notice" role="status">
        <p>{t('watch.lost')}</p>
      </div>
    )
  }
  return view.waiting && view.playing ? <span class="waiting">{t('watch.waiting')}</span> : null
}

const SENTENCES: Record<Problem['kind'], WordKey> = {
  unsupported: 'watch.unsupported',
  undecodable: 'watch.undecodable',
  engine: 'watch.engineRefused'
}

function sentenceFor({ kind, detail }: Problem): string {
  if (kind === 'engine' && detail === 'NOT_READABLE') return t('watch.notReadable')
  return t(SENTENCES[kind], { detail })
}
