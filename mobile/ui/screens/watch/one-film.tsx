// One film: its picture, its timeline, and below it all that is known of it.

import type { RecordingState } from '../../../../core/api/contract.ts'
import { slice } from '../../engine/engine.ts'
import { ListItem, List } from '../../components/list.tsx'
import { Button } from '../../components/button.tsx'
import { sameMoment } from '../../state/films.ts'
import { linkTo } from '../../shell/router.ts'
import { dayAndTime } from '../../words/format.ts'
import { t } from '../../words/words.ts'
import { BeforeTap } from './about/before-tap.tsx'
import { ClockNote } from './about/clock-note.tsx'
import { Controls } from './player/controls.tsx'
import { ExportPart } from './about/export-part.tsx'
import { HoldersPart } from './about/holders-part.tsx'
import { NotesPart } from './about/notes-part.tsx'
import { authorOf, titleOf } from './people.ts'
import { Picture } from './player/picture.tsx'
import { PlacePart } from './about/place-part.tsx'
import { TimelineBar } from './player/timeline-bar.tsx'
import { usePlayer, useTimeline } from './player/use-film.ts'

const recordings = slice('recordings')

export function OneFilm({ film }: { film: RecordingState }) {
  const { video, player } = usePlayer(film, film.phase === 'live' ? 'live' : 0)
  const timeline = useTimeline(film)
  return (
    <>
      <div class="watch-main">
        <h1>{titleOf(film)}</h1>
        <p class="quiet">{dayAndTime(film.startedAtMs)}</p>
        <BeforeTap timeline={timeline} />
        <ClockNote timeline={timeline} />
        <Picture video={video} player={player} film={film} />
        <TimelineBar film={film} player={player} timeline={timeline} />
        <Controls player={player} film={film} video={video} />
      </div>
      <div class="watch-side">
        <HoldersPart film={film} />
        <ExportPart film={film} />
        <NotesPart film={film} timeline={timeline} player={player} />
        <PlacePart timeline={timeline} player={player} />
        <Others film={film} />
      </div>
    </>
  )
}

/** Films of the same moment, and the way to see them together. */
function Others({ film }: { film: RecordingState }) {
  const others = sameMoment(recordings.value ?? {}, film, Date.now())
  if (others.length === 0) return null
  const keys = [film, ...others].slice(0, 4).map(({ recording }) => recording)
  return (
    <section class="part">
      <h2>{t('watch.sameMoment')}</h2>
      <List label={t('watch.sameMoment')}>
        {others.map((other) => (
          <ListItem
            key={other.recording}
            href={linkTo('watch', other.recording)}
            note={dayAndTime(other.startedAtMs)}
          >
            {authorOf(other)}
          </ListItem>
        ))}
      </List>
      <Button href={linkTo('watch', ...keys)}>{t('watch.together')}</Button>
    </section>
  )
}
