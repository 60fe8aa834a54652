// What the others shall call this device, asked only where nobody has said so yet.

import { Field } from '../../components/field.tsx'
import { t } from '../../words/words.ts'

export interface OwnNameProps {
  value: string
  onInput: (name: string) => void
}

export function OwnName({ value, onInput }: OwnNameProps) {
  return (
    <Field label={t('circle.new.yourName')} note={t('circle.new.yourNameNote')}>
      <input
        value={value}
        maxLength={64}
        autocomplete="nickname"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  )
}
