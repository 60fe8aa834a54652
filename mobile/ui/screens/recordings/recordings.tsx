// Every film this device knows of: what runs now first, then the newest.

import { useEffect } from 'preact/hooks'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { call, slice } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import { inOrder, unread } from '../../state/films.ts'
import { t } from '../../words/words.ts'
import { FilmRow } from './film-row.tsx'
import './recordings.css'

const recordings = slice('recordings')

export default function Recordings() {
  const films = inOrder(recordings.value ?? {})
  const toRead = unread(films)
  useEffect(() => {
    // What cannot be read stays as it is: the row says so.
    if (toRead.length > 0) void call('recording.read', { recordings: toRead }).catch(() => {})
  }, [toRead.join()])
  return (
    <div class="page">
      <h1>{t('recordings.title')}</h1>
      {films.length === 0 && recordings.value !== null && (
        <Banner kind="info">
          <p>{t('recordings.none')}</p>
          <Button href={linkTo('film')}>{t('shell.film')}</Button>
        </Banner>
      )}
      <List label={t('recordings.title')}>
        {films.map((film) => (
          <FilmRow key={film.recording} film={film} />
        ))}
      </List>
    </div>
  )
}
