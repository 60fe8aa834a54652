// The invite from the camera or the clipboard, looked at by the engine before anything is asked.

import { useState } from 'preact/hooks'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { call } from '../../../engine/engine.ts'
import { inviteIn } from '../../../state/circle/invite-link.ts'
import { refusalSentence } from '../../../state/circle/refusal-words.ts'
import { t } from '../../../words/words.ts'
import { failureOf, say } from '../texts.ts'
import type { Looked } from './ask-to-come-in.tsx'
import { Scanner } from './scanner.tsx'

export function FindInvite({ onFound }: { onFound: (looked: Looked) => void }) {
  const [failure, setFailure] = useState<string | null>(null)
  const look = (text: string): void => {
    const url = inviteIn(text)
    if (url === null) return setFailure(t('circle.refused.mangled'))
    call('join.look', { url }).then(
      (says) => onFound({ url, ...says }),
      (err: unknown) => setFailure(say(refusalSentence(failureOf(err))))
    )
  }
  return (
    <>
      <p>{t('circle.join.scanHow')}</p>
      {failure !== null && (
        <Banner kind="danger">
          <p>{failure}</p>
        </Banner>
      )}
      <Scanner onInvite={look} />
      <PasteLink onLink={look} />
    </>
  )
}

function PasteLink({ onLink }: { onLink: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        onLink(text)
      }}
    >
      <Field label={t('circle.join.paste')} note={t('circle.join.pasteNote')}>
        <input
          dir="ltr"
          value={text}
          required
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit">{t('circle.join.go')}</Button>
    </form>
  )
}
