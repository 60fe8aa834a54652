// Another role for a member.

import { useState } from 'preact/hooks'
import type { OfMember, Role, Said } from '../../../../../core/api/contract.ts'
import { Ask } from '../../../components/ask.tsx'
import { Choice } from '../../../components/field.tsx'
import { call } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { roleOptions } from '../invite/invite-form.tsx'

export interface RoleChangeProps {
  open: boolean
  of: OfMember
  name: string
  /** What it is today. */
  role: Role
  onSaid: (said: Said) => void
  onClose: () => void
}

export function RoleChange({ open, of, name, role: today, onSaid, onClose }: RoleChangeProps) {
  const [role, setRole] = useState<Role>(today)
  const { busy, failure, ask } = useAsking()
  return (
    <Ask
      title={t('circle.member.roleAsk', { name })}
      open={open}
      yes={t('circle.member.roleSave')}
      busy={busy || role === today}
      onYes={() => ask(() => call('member.role', { ...of, role }).then(onSaid))}
      onNo={onClose}
    >
      <Choice
        legend={t('circle.invite.role')}
        name="new-role"
        value={role}
        options={roleOptions()}
        onChoose={setRole}
      />
      <p class="muted">{t('circle.member.roleMine')}</p>
      <FailureBanner failure={failure} />
    </Ask>
  )
}
