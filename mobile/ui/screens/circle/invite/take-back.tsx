// Ending an invite before its time, asked once more.

import { useState } from 'preact/hooks'
import { Ask } from '../../../components/ask.tsx'
import { Button } from '../../../components/button.tsx'
import { call } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'

export function TakeBack({ invite }: { invite: string }) {
  const [open, setOpen] = useState(false)
  const { busy, failure, ask } = useAsking()
  const takeBack = async (): Promise<void> => {
    await call('invite.takeBack', { invite })
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('circle.invite.takeBack')}</Button>
      <Ask
        title={t('circle.invite.takeBackAsk')}
        open={open}
        yes={t('circle.invite.takeBack')}
        danger
        busy={busy}
        onYes={() => ask(takeBack)}
        onNo={() => setOpen(false)}
      >
        <p>{t('circle.invite.takeBackWhat')}</p>
        <FailureBanner failure={failure} />
      </Ask>
    </>
  )
}
