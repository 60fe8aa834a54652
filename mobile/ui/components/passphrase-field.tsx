// A passphrase as it is typed: hidden, and shown to whoever asks, since hands shake and letters are small.

import { useState } from 'preact/hooks'
import { t } from '../words/words.ts'
import { Field } from './field.tsx'

export interface PassphraseFieldProps {
  label: string
  note?: string
  value: string
  /** So that a browser does not offer an old one where a new one is wanted. */
  kind: 'current-password' | 'new-password'
  onInput: (passphrase: string) => void
}

export function PassphraseField({ value, kind, onInput, ...field }: PassphraseFieldProps) {
  const [shown, show] = useState(false)
  const typed = {
    value,
    autocomplete: kind,
    autocapitalize: 'none',
    spellcheck: false,
    onInput: (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value)
  } as const
  return (
    <div class="passphrase">
      <Field {...field}>
        {shown ? <input type="text" {...typed} /> : <input type="password" {...typed} />}
      </Field>
      <label class="choice">
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => show(event.currentTarget.checked)}
        />
        <span>{t('locked.show')}</span>
      </label>
    </div>
  )
}
