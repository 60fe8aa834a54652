// What was noted while it was filmed, what members said of it afterwards, and at which moment: a touch goes
// there. Must never: show what was said afterwards as if it had been captured.

import type {
  AnnotationItem,
  Key,
  RecordingState,
  TimelineState
} from '../../../../../core/api/contract.ts'
import { List, ListItem } from '../../../components/list.tsx'
import type { Player } from '../../../playback/player.ts'
import { duration, exactTime } from '../../../words/format.ts'
import { t, type WordKey } from '../../../words/words.ts'
import { NoteForm } from './note-form.tsx'
import { isOwn, personOf } from '../people.ts'

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
  player: Player | null
}

export function NotesPart({ film, timeline, player }: NotesPartProps) {
  const notes = [...(timeline?.notes ?? [])].sort((a, b) => a.seconds - b.seconds)
  const seek = (seconds: number): void => player?.seek(seconds)
  const maySay = timeline !== null || film.own
  if (notes.length === 0 && !maySay) return null
  return (
    <section class="part">
      <h2>{t('watch.notes')}</h2>
      {notes.length > 0 && (
        <List label={t('watch.notes')}>
          {notes.map((note, i) => (
            <Note key={i} film={film} note={note} seek={seek} />
          ))}
        </List>
      )}
      {notes.some(({ inFilm }) => !inFilm) && <p class="quiet">{t('watch.notesLaterNote')}</p>}
      {maySay && <NoteForm film={film} player={player} />}
    </section>
  )
}

interface NoteProps {
  film: RecordingState
  note: AnnotationItem
  seek: (seconds: number) => void
}

function Note({ film, note, seek }: NoteProps) {
  const { tag, text, seconds } = note
  const kind = t(tag === null ? 'watch.tag-note' : (WORDS[tag] ?? 'watch.tag-other'))
  return (
    <ListItem
      onClick={() => seek(seconds)}
      before={
        <span class={`number note-at${note.inFilm ? '' : ' later'}`}>{duration(seconds)}</span>
      }
      note={<Who film={film} note={note} kind={text === '' ? '' : kind} />}
    >
      <bdi>{text === '' ? kind : text}</bdi>
    </ListItem>
  )
}

/** @param kind empty where it is said already */
function Who({ film, note, kind }: { film: RecordingState; note: AnnotationItem; kind: string }) {
  const { inFilm, afterRevocation, by, atMs } = note
  const said = inFilm ? t('watch.notedInFilm') : saidLater(film, by, exactTime(atMs))
  const marks = [kind, said, afterRevocation ? t('watch.notedCutOff') : '']
  return <>{marks.filter((mark) => mark !== '').join(' · ')}</>
}

function saidLater({ circle }: RecordingState, by: Key, at: string): string {
  if (isOwn(circle, by)) return t('watch.notedLaterSelf', { at })
  return t('watch.notedLater', { name: personOf(circle, by), at })
}
