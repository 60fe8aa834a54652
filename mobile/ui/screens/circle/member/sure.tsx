// A deed that takes one yes, with what follows from it.

import type { Said } from '../../../../../core/api/contract.ts'
import { Ask } from '../../../components/ask.tsx'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'

export interface SureProps {
  open: boolean
  deed: 'reinstate' | 'own'
  name: string
  work: () => Promise<Said>
  onSaid: (said: Said) => void
  onClose: () => void
}

export function Sure({ open, deed, name, work, onSaid, onClose }: SureProps) {
  const { busy, failure, ask } = useAsking()
  return (
    <Ask
      title={t(`circle.member.${deed}Ask`, { name })}
      open={open}
      yes={t(`circle.member.${deed}`)}
      busy={busy}
      onYes={() => ask(() => work().then(onSaid))}
      onNo={onClose}
    >
      <p>{t(`circle.member.${deed}What`)}</p>
      <FailureBanner failure={failure} />
    </Ask>
  )
}
