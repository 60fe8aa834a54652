// An invite that was made: its code while it is open, who waits at the door, who came in, and what
// became of it.

import type { InviteState } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { call } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { linkIn } from '../links.ts'
import { roleName, untilText } from '../texts.ts'
import { AtTheDoor } from './at-the-door.tsx'
import { CodeCard } from './code-card.tsx'
import { LetIn } from './let-in.tsx'
import { TakeBack } from './take-back.tsx'

export function OpenInvite({ invite }: { invite: InviteState }) {
  const { phase, used, uses, role, expiresAtMs, candidates } = invite
  const isOpen = phase === 'open'
  const values = { count: uses, role: roleName(role), time: untilText(expiresAtMs) }
  return (
    <>
      <AtTheDoor invite={invite} />
      {isOpen ? <CodeCard url={invite.url} /> : <Over invite={invite} />}
      <p class="invite-count number" role="status">
        {t('circle.invite.count', { used, uses })}
      </p>
      {isOpen && <p>{t('circle.invite.forWhom', values)}</p>}
      {isOpen && used === 0 && candidates.length === 0 && (
        <p class="muted">{t('circle.invite.waiting')}</p>
      )}
      <LetIn invite={invite} />
      {(isOpen || phase === 'closed') && <TakeBack invite={invite.invite} />}
    </>
  )
}

/** What became of it, and the next step. */
function Over({ invite }: { invite: InviteState }) {
  const { phase, circle } = invite
  const { busy, failure, ask } = useAsking()
  if (phase === 'open') return null
  const resume = (): void => ask(() => call('invite.resume', { invite: invite.invite }))
  return (
    <>
      <FailureBanner failure={failure} />
      <Banner kind={phase === 'spent' ? 'safe' : 'info'}>
        <p>{t(`circle.invite.${phase}`)}</p>
      </Banner>
      <div class="actions">
        {phase === 'closed' && (
          <Button kind="primary" disabled={busy} onClick={resume}>
            {t('circle.invite.resume')}
          </Button>
        )}
        <Button href={linkIn('invite', circle)}>{t('circle.invite.another')}</Button>
        <Button kind={phase === 'spent' ? 'primary' : 'quiet'} href={linkIn('at', circle)}>
          {t('circle.invite.done')}
        </Button>
      </div>
    </>
  )
}
