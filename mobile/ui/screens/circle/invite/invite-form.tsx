// What an invite shall let in: as what, how many, until when, and whether each is looked at.

import { useState } from 'preact/hooks'
import type { Role } from '../../../../../core/api/contract.ts'
import { Button } from '../../../components/button.tsx'
import { Choice, Field } from '../../../components/field.tsx'
import { call, state } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { goIn } from '../links.ts'
import { OwnName } from '../own-name.tsx'
import { roleName } from '../texts.ts'

/** The usual one first. */
export const ROLES: readonly Role[] = ['contact', 'keeper', 'organiser', 'relay']

/** A circle has room for 256 (core/limits.ts). */
const MAX_USES = 255

const TIMES = { for15m: 15 * 60_000, for2h: 2 * 3_600_000, for1d: 86_400_000, for7d: 604_800_000 }
type Time = keyof typeof TIMES

export function InviteForm({ circle }: { circle: string }) {
  const [role, setRole] = useState<Role>('contact')
  const [uses, setUses] = useState('1')
  const [time, setTime] = useState<Time>('for2h')
  const [confirm, setConfirm] = useState(true)
  const [own, setOwn] = useState('')
  const { busy, failure, ask } = useAsking()
  const open = async (): Promise<void> => {
    if (own.trim() !== '') await call('device.name', { name: own.trim() })
    const asked = { circle, role, uses: Number(uses), expiresInMs: TIMES[time], confirm }
    const { invite } = await call('invite.open', asked)
    goIn('invite', circle, invite)
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        ask(open)
      }}
    >
      <FailureBanner failure={failure} />
      <Choice
        legend={t('circle.invite.role')}
        name="role"
        value={role}
        onChoose={setRole}
        options={roleOptions()}
      />
      <div class="beside">
        <Field label={t('circle.invite.uses')}>
          <input
            type="number"
            inputMode="numeric"
            required
            min={1}
            max={MAX_USES}
            value={uses}
            onInput={(event) => setUses(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('circle.invite.until')}>
          <select value={time} onChange={(event) => setTime(event.currentTarget.value as Time)}>
            {(Object.keys(TIMES) as Time[]).map((one) => (
              <option key={one} value={one}>
                {t(`circle.invite.${one}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={confirm}
          onChange={(event) => setConfirm(event.currentTarget.checked)}
        />
        <span>
          {t('circle.invite.confirm')}
          <span class="list-item-note">{t('circle.invite.confirmNote')}</span>
        </span>
      </label>
      {state.value?.circles[circle]?.named === false && <OwnName value={own} onInput={setOwn} />}
      <Button kind="primary" wide type="submit" disabled={busy}>
        {t('circle.invite.make')}
      </Button>
    </form>
  )
}

export function roleOptions() {
  return ROLES.map((value) => ({
    value,
    label: roleName(value),
    note: t(`circle.roleNote.${value}`)
  }))
}
