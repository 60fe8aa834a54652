// Saying something of a film: what it is, in one's own words, at a moment that the picture shows.

import { useState } from 'preact/hooks'
import type { RecordingState } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { Choice, Field } from '../../../components/field.tsx'
import { call } from '../../../engine/engine.ts'
import { codeOf } from '../../../engine/failure.ts'
import type { Player } from '../../../playback/player.ts'
import { duration } from '../../../words/format.ts'
import { t, type WordKey } from '../../../words/words.ts'

const KINDS = ['plate', 'badge', 'unit', 'person', 'place', 'note'] as const
type Kind = (typeof KINDS)[number]

/** Letters, so that whatever they are made of fits what the engine takes. */
const MAX_LETTERS = 1000

const REFUSED: Record<string, WordKey> = {
  BAD_STATE: 'watch.noteEnough',
  DEVICE_LOCKED: 'watch.noteLocked',
  NOT_ALLOWED: 'watch.noteNotAllowed'
}

export interface NoteFormProps {
  film: RecordingState
  player: Player | null
}

export function NoteForm({ film, player }: NoteFormProps) {
  const [at, setAt] = useState<number | null>(null)
  const [said, setSaid] = useState<number | null>(null)
  const now = player?.view.value.at ?? 0
  if (at !== null) {
    const move = (seconds: number): void => {
      setAt(seconds)
      player?.seek(seconds)
    }
    const done = (saved: boolean): void => {
      if (saved) setSaid(at)
      setAt(null)
    }
    return <Open film={film} at={at} move={move} done={done} />
  }
  const begin = (): void => {
    player?.pause()
    setSaid(null)
    setAt(now)
  }
  return (
    <>
      <Button onClick={begin}>{t('watch.noteAt', { at: duration(now) })}</Button>
      <p role="status" class="quiet note-said">
        {said !== null && t('watch.noteSaved', { at: duration(said) })}
      </p>
    </>
  )
}

interface OpenProps {
  film: RecordingState
  at: number
  move: (seconds: number) => void
  done: (saved: boolean) => void
}

function Open({ film, at, move, done }: OpenProps) {
  const [kind, setKind] = useState<Kind>('plate')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<WordKey | null>(null)
  const isNothing = text.trim() === ''
  const save = (event: Event): void => {
    event.preventDefault()
    setBusy(true)
    const { recording } = film
    const tag = kind === 'note' ? {} : { tag: kind }
    call('recording.annotate', { recording, seconds: at, text, ...tag }).then(
      () => done(true),
      (err) => {
        setBusy(false)
        setRefused(REFUSED[codeOf(err)] ?? 'watch.noteFailed')
      }
    )
  }
  return (
    <form class="part note-form" onSubmit={save}>
      <h3>{t('watch.noteTitle', { at: duration(at) })}</h3>
      <div class="actions">
        <Button label={`−1 s: ${t('watch.noteEarlier')}`} onClick={() => move(Math.max(0, at - 1))}>
          <bdi dir="ltr">−1 s</bdi>
        </Button>
        <Button
          label={`+1 s: ${t('watch.noteLater')}`}
          onClick={() => move(Math.min(film.seconds ?? Infinity, at + 1))}
        >
          <bdi dir="ltr">+1 s</bdi>
        </Button>
      </div>
      <Choice
        legend={t('watch.noteKind')}
        name="note-kind"
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`watch.tag-${value}`) }))}
        onChoose={setKind}
      />
      <Field label={t('watch.noteText')} note={t('watch.noteTextNote')}>
        <textarea
          rows={2}
          dir="auto"
          maxLength={MAX_LETTERS}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      {film.readable === false && <p class="quiet">{t('watch.noteUnseen')}</p>}
      {refused !== null && (
        <Banner kind="danger">
          <p>{t(refused)}</p>
        </Banner>
      )}
      <div class="actions">
        <Button onClick={() => done(false)}>{t('watch.noteCancel')}</Button>
        <Button kind="primary" type="submit" disabled={busy || isNothing}>
          {t('watch.noteSave')}
        </Button>
      </div>
    </form>
  )
}
