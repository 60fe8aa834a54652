// A question before something that cannot be undone by a tap: what follows, then yes or no.

import type { ComponentChildren } from 'preact'
import { t } from '../words/words.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface AskProps {
  title: string
  open: boolean
  yes: string
  /** @default the word for leaving it as it is */
  no?: string
  danger?: boolean
  busy?: boolean
  children: ComponentChildren
  onYes: () => void
  onNo: () => void
}

export function Ask(props: AskProps) {
  const { title, open, yes, no = t('circle.revoke.cancel'), onYes, onNo } = props
  return (
    <Dialog title={title} open={open} onClose={onNo}>
      {props.children}
      <div class="actions">
        <Button onClick={onNo}>{no}</Button>
        <Button
          kind={props.danger === true ? 'danger' : 'primary'}
          disabled={props.busy ?? false}
          onClick={onYes}
        >
          {yes}
        </Button>
      </div>
    </Dialog>
  )
}
