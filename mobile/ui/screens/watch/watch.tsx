// Watching: one film, or several of one moment side by side. The address names them.

import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { slice } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import type { ScreenProps } from '../../shell/lazy.tsx'
import { t } from '../../words/words.ts'
import { OneFilm } from './one-film.tsx'
import { Together } from './together.tsx'
import './watch.css'

const recordings = slice('recordings')

export default function Watch({ rest }: ScreenProps) {
  const films = rest.flatMap((key) => recordings.value?.[key] ?? [])
  if (recordings.value === null) return <div class="page" aria-busy="true" />
  return (
    <div class="page watch">
      <div class="watch-head">
        <Button kind="plain" href={linkTo('recordings')} label={t('watch.back')}>
          <span aria-hidden="true" class="back-sign">
            ‹
          </span>
          {t('recordings.title')}
        </Button>
      </div>
      <Chosen films={films} />
    </div>
  )
}

function Chosen({ films }: { films: Parameters<typeof Together>[0]['films'] }) {
  if (films.length > 1) return <Together key={keysOf(films)} films={films} />
  if (films.length === 1) return <OneFilm key={keysOf(films)} film={films[0]!} />
  return (
    <Banner kind="warn">
      <p>{t('watch.unknown')}</p>
    </Banner>
  )
}

function keysOf(films: { recording: string }[]): string {
  return films.map(({ recording }) => recording).join()
}
