// A question in the middle, or a sheet from below within a thumb's reach. The browser's own <dialog>
// keeps the focus inside and closes on Escape.

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../words/words.ts'
import { Button } from './button.tsx'

export interface DialogProps {
  title: string
  open: boolean
  onClose: () => void
  children: ComponentChildren
}

export function Dialog(props: DialogProps) {
  return <Modal {...props} shape="dialog" />
}

export function Sheet(props: DialogProps) {
  return <Modal {...props} shape="dialog sheet" />
}

function Modal({ title, open, onClose, children, shape }: DialogProps & { shape: string }) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (open) element.current?.showModal()
    else element.current?.close()
  }, [open])
  return (
    <dialog ref={element} class={shape} aria-labelledby={id} onClose={onClose}>
      {open && (
        <div class="dialog-body">
          <div class="dialog-head">
            <h2 id={id}>{title}</h2>
            <Button kind="plain" label={t('shell.close')} onClick={onClose}>
              ✕
            </Button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  )
}
