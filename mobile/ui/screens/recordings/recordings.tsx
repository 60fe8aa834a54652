// Every film this device knows of: what runs now first, then the newest. Films that come while somebody looks
// at the list wait behind a button.

import { useEffect, useRef } from 'preact/hooks'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { call, slice } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import { unread } from '../../state/films.ts'
import { t } from '../../words/words.ts'
import { FilmRow } from './film-row.tsx'
import './recordings.css'
import { useSteadyList } from './steady-list.ts'

const recordings = slice('recordings')

export default function Recordings() {
  const page = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const films = recordings.value ?? {}
  const { shown, newer, show } = useSteadyList(films, page)
  const toRead = unread(Object.values(films))
  useEffect(() => {
    // What cannot be read stays as it is: the row says so.
    if (toRead.length > 0) void call('recording.read', { recordings: toRead }).catch(() => {})
  }, [toRead.join()])
  const bringIn = (): void => {
    show()
    page.current?.closest('main')?.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true }) // what was pressed is gone
  }
  return (
    <div class="page recordings" ref={page}>
      <h1 ref={heading} tabIndex={-1}>
        {t('recordings.title')}
      </h1>
      {shown.length + newer === 0 && recordings.value !== null && (
        <Banner kind="info">
          <p>{t('recordings.none')}</p>
          <Button href={linkTo('film')}>{t('shell.film')}</Button>
        </Banner>
      )}
      <List label={t('recordings.title')}>
        {shown.map((film) => (
          <FilmRow key={film.recording} film={film} />
        ))}
      </List>
      <Newer count={newer} show={bringIn} />
    </div>
  )
}

/** Said once for each film that comes: there before it has words, as a screen reader wants it. */
function Newer({ count, show }: { count: number; show: () => void }) {
  return (
    <div class="newer" role="status">
      {count > 0 && (
        <Button kind="primary" wide onClick={show}>
          {t('recordings.newer', { count })}
        </Button>
      )}
    </div>
  )
}
