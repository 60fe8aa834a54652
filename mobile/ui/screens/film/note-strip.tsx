// Noting while filming: a tap marks this moment, as a plate, a number, a unit; or words are written to it. Over
// the picture, apart from the button that stops, which stays where it is.

import { useRef, useState } from 'preact/hooks'
import type { TagKind } from '../../../../core/api/contract.ts'
import { Button } from '../../components/button.tsx'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { isQuick, QUICK_TAGS } from '../../state/film/uplink/noted.ts'
import { t } from '../../words/words.ts'
import { momentNow, newest, note } from './notes.ts'
import './style/notes.css'

const MAX_LETTERS = 300

export function NoteStrip() {
  const [moment, setMoment] = useState<ReturnType<typeof momentNow> | null>(null)
  return (
    <section class="film-notes" aria-label={t('film.notes')}>
      <Said />
      {moment !== null ? (
        <Writing moment={moment} close={() => setMoment(null)} />
      ) : (
        <div class="film-tags">
          {QUICK_TAGS.map((tag) => (
            <Button key={tag} onClick={() => note(tag, '')}>
              {t(`film.tag-${tag}`)}
            </Button>
          ))}
          <button class="film-note" type="button" onClick={() => setMoment(momentNow())}>
            {t('film.note')}
          </button>
        </div>
      )}
    </section>
  )
}

/** The newest one: the words that were written, or what was tapped. */
function Said() {
  const said = newest.value
  const waits = said?.isWaiting === true ? 'film.noteWaiting' : 'film.noted'
  const key = said?.isRefused === true ? 'film.noteRefused' : waits
  return (
    <p class="film-said" role="status">
      {said !== null && (
        <span class="film-said-words number">
          <bdi>{t(key, { what: whatIn(said), at: clockText(said.seconds) })}</bdi>
        </span>
      )}
    </p>
  )
}

interface WritingProps {
  moment: ReturnType<typeof momentNow>
  close: () => void
}

function Writing({ moment, close }: WritingProps) {
  const [tag, setTag] = useState<TagKind | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const save = (event: Event): void => {
    event.preventDefault()
    const text = input.current!.value.trim()
    if (text !== '' || tag !== null) note(tag, text, moment)
    close()
  }
  return (
    <form class="film-writing" onSubmit={save}>
      <div class="film-tags">
        {QUICK_TAGS.map((one) => (
          <Button key={one} pressed={tag === one} onClick={() => setTag(tag === one ? null : one)}>
            {t(`film.tag-${one}`)}
          </Button>
        ))}
      </div>
      <div class="film-words">
        <input
          ref={input}
          dir="auto"
          maxLength={MAX_LETTERS}
          aria-label={t('film.noteText')}
          placeholder={t('film.noteText')}
          enterkeyhint="done"
          autocomplete="off"
          autofocus
        />
        <Button kind="primary" type="submit">
          {t('film.noteSave')}
        </Button>
        <Button label={t('film.noteCancel')} onClick={close}>
          ✕
        </Button>
      </div>
    </form>
  )
}

function whatIn({ tag, text }: { tag: TagKind | null; text: string }): string {
  if (text !== '') return text
  return isQuick(tag) ? t(`film.tag-${tag}`) : t('film.note')
}
