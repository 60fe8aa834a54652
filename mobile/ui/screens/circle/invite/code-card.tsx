// The code of an invite, the link under it, and the code on the full screen, bright and awake.

import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../../components/button.tsx'
import { QrCode } from '../../../components/qr-code.tsx'
import { codeText } from '../../../state/circle/invite-link.ts'
import { t } from '../../../words/words.ts'
import { stayAwake } from './stay-awake.ts'

export function CodeCard({ url }: { url: string }) {
  const [full, setFull] = useState(false)
  return (
    <section class="code-card">
      <p>{t('circle.invite.scanHow')}</p>
      <QrCode text={codeText(url)} label={t('circle.invite.qr')} />
      <Button kind="primary" wide onClick={() => setFull(true)}>
        {t('circle.invite.fullScreen')}
      </Button>
      <p class="muted">{t('circle.invite.bright')}</p>
      <LinkActions url={url} />
      {full && <FullCode url={url} onClose={() => setFull(false)} />}
    </section>
  )
}

/** White to the edges: its light helps the other camera. */
function FullCode({ url, onClose }: { url: string; onClose: () => void }) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    element.current?.showModal()
    return stayAwake()
  }, [])
  return (
    <dialog ref={element} class="code-full" aria-label={t('circle.invite.qr')} onClose={onClose}>
      <QrCode text={codeText(url)} label={t('circle.invite.qr')} />
      <p>{t('circle.invite.bright')}</p>
      <Button wide onClick={onClose}>
        {t('circle.invite.leaveFull')}
      </Button>
    </dialog>
  )
}

function LinkActions({ url }: { url: string }) {
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null)
  const copy = (): void => {
    const written = navigator.clipboard?.writeText(url) ?? Promise.reject(new Error('none'))
    written.then(
      () => setSaid('copied'),
      () => setSaid('notCopied')
    )
  }
  const canShare = typeof navigator.share === 'function'
  return (
    <>
      <div class="actions">
        <Button onClick={copy}>{t('circle.invite.copy')}</Button>
        {canShare && <Button onClick={() => share(url)}>{t('circle.invite.share')}</Button>}
      </div>
      <p role="status">{said !== null && t(`circle.invite.${said}`)}</p>
      <details>
        <summary>{t('circle.invite.link')}</summary>
        <p class="link-text" dir="ltr">
          {url}
        </p>
      </details>
    </>
  )
}

/** Who changes their mind in the system's sheet has done no harm. */
function share(text: string): void {
  navigator.share({ text }).catch(() => {})
}
