// Who waits to be let in: name and check phrase, side by side with the other screen; one by one, or all
// where somebody has them in front of their eyes.

import { useState } from 'preact/hooks'
import type { CandidateItem, InviteState } from '../../../../../core/api/contract.ts'
import { Ask } from '../../../components/ask.tsx'
import { Button } from '../../../components/button.tsx'
import { call } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { Phrase } from '../phrase.tsx'
import { isolated } from '../texts.ts'

export function AtTheDoor({ invite }: { invite: InviteState }) {
  const { candidates } = invite
  return (
    <section class="door" aria-live="polite">
      {candidates.length > 0 && <h2>{t('circle.invite.candidates')}</h2>}
      {candidates.map((candidate) => (
        <AtDoor key={candidate.device} invite={invite.invite} candidate={candidate} />
      ))}
      {candidates.length > 1 && <AdmitAll invite={invite} />}
    </section>
  )
}

function AtDoor({ invite, candidate }: { invite: string; candidate: CandidateItem }) {
  const { device, name, phrases } = candidate
  const { busy, failure, ask } = useAsking()
  const decide = (verdict: 'admit' | 'refuse'): void =>
    ask(() => call(`invite.${verdict}`, { invite, device }))
  return (
    <div class="door-one">
      <p>{t('circle.invite.phraseAsk', { name: calledIn(name) })}</p>
      <Phrase phrases={phrases} />
      <FailureBanner failure={failure} />
      <div class="actions">
        <Button kind="primary" disabled={busy} onClick={() => decide('admit')}>
          {t('circle.invite.admit')}
        </Button>
        <Button disabled={busy} onClick={() => decide('refuse')}>
          {t('circle.invite.refuse')}
        </Button>
      </div>
    </div>
  )
}

function AdmitAll({ invite }: { invite: InviteState }) {
  const [open, setOpen] = useState(false)
  const { busy, failure, ask } = useAsking()
  const { candidates } = invite
  const count = candidates.length
  const admitAll = async (): Promise<void> => {
    const all = candidates.map(({ device }) =>
      call('invite.admit', { invite: invite.invite, device })
    )
    setOpen(false)
    await Promise.all(all)
  }
  return (
    <>
      <FailureBanner failure={failure} />
      <Button onClick={() => setOpen(true)}>{t('circle.invite.admitAll', { count })}</Button>
      <Ask
        title={t('circle.invite.admitAllAsk', { count })}
        open={open}
        yes={t('circle.invite.admitAll', { count })}
        busy={busy}
        onYes={() => ask(admitAll)}
        onNo={() => setOpen(false)}
      >
        <p>{t('circle.invite.admitAllWhat')}</p>
      </Ask>
    </>
  )
}

/** Their own word, which may be empty. */
function calledIn(name: string): string {
  return name === '' ? t('circle.invite.somebody') : isolated(name)
}
