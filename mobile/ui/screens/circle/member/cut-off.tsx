// Cutting a device off, lost or no longer trusted: what follows for it, for its copies, for oneself; the
// reason; then yes. What is said here cannot be unsaid.

import { useState } from 'preact/hooks'
import type { OfMember, Said } from '../../../../../core/api/contract.ts'
import { Ask } from '../../../components/ask.tsx'
import { Choice } from '../../../components/field.tsx'
import { call } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'

const REASONS = ['lost', 'taken', 'stolen', 'untrusted'] as const
type Reason = (typeof REASONS)[number]

const FOLLOWS = ['next', 'keeps', 'seen', 'second', 'back'] as const

export interface CutOffProps {
  open: boolean
  of: OfMember
  name: string
  onSaid: (said: Said) => void
  onClose: () => void
}

export function CutOff({ open, of, name, onSaid, onClose }: CutOffProps) {
  const [reason, setReason] = useState<Reason>('lost')
  const { busy, failure, ask } = useAsking()
  const cutOff = async (): Promise<void> =>
    onSaid(await call('member.revoke', { ...of, reason: t(`circle.revoke.reason-${reason}`) }))
  return (
    <Ask
      title={t('circle.revoke.title', { name })}
      open={open}
      yes={t('circle.revoke.confirm')}
      danger
      busy={busy}
      onYes={() => ask(cutOff)}
      onNo={onClose}
    >
      <ul class="follows">
        {FOLLOWS.map((one) => (
          <li key={one}>{t(`circle.revoke.${one}`)}</li>
        ))}
      </ul>
      <Choice
        legend={t('circle.revoke.reason')}
        name="reason"
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(`circle.revoke.reason-${value}`) }))}
        onChoose={setReason}
      />
      <FailureBanner failure={failure} />
    </Ask>
  )
}
