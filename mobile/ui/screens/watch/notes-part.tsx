// What was noted while it was filmed, and at which moment: a touch goes there.

import type {
  AnnotationItem,
  RecordingState,
  TimelineState
} from '../../../../core/api/contract.ts'
import { List, ListItem } from '../../components/list.tsx'
import { duration } from '../../words/format.ts'
import { t, type WordKey } from '../../words/words.ts'
import { personOf } from './people.ts'

const WORDS: Record<string, WordKey> = {
  plate: 'watch.tag-plate',
  badge: 'watch.tag-badge',
  unit: 'watch.tag-unit',
  person: 'watch.tag-person',
  place: 'watch.tag-place'
}

export interface NotesPartProps {
  film: RecordingState
  timeline: TimelineState | null
  seek: (seconds: number) => void
}

export function NotesPart({ film, timeline, seek }: NotesPartProps) {
  const notes = [...(timeline?.notes ?? [])].sort((a, b) => a.seconds - b.seconds)
  if (notes.length === 0) return null
  return (
    <section class="part">
      <h2>{t('watch.notes')}</h2>
      <List label={t('watch.notes')}>
        {notes.map((note, i) => (
          <Note key={i} film={film} note={note} seek={seek} />
        ))}
      </List>
    </section>
  )
}

interface NoteProps {
  film: RecordingState
  note: AnnotationItem
  seek: (seconds: number) => void
}

function Note({ film, note: { tag, text, seconds, by, inFilm }, seek }: NoteProps) {
  const kind = tag === null ? 'watch.tag-note' : (WORDS[tag] ?? 'watch.tag-other')
  const said = inFilm ? t('watch.notedInFilm') : personOf(film.circle, by)
  return (
    <ListItem
      onClick={() => seek(seconds)}
      before={<span class="number">{duration(seconds)}</span>}
      note={`${t(kind)} · ${said}`}
    >
      <bdi>{text}</bdi>
    </ListItem>
  )
}
