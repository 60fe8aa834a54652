// What this device is not in its circle, and what brings it back. Nothing for a member like any other.

import type { CircleState } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { t } from '../../../words/words.ts'
import { momentText, nameIn } from '../texts.ts'

export function StandingBanner({ circle }: { circle: CircleState }) {
  const text = standingText(circle)
  if (text === null) return null
  return (
    <Banner kind="warn">
      <p>{text}</p>
    </Banner>
  )
}

function standingText(circle: CircleState): string | null {
  const { state, onHold, members } = circle
  const cut = members.find(({ self }) => self)?.revoked
  if (cut) {
    const [name, time] = [nameIn(circle)(cut.by), momentText(cut.atMs)]
    return t('circle.standing.cut-off', { name, time })
  }
  if (state === null) return t('circle.standing.unknown')
  if (state === 'unconfirmed') return t('circle.standing.unconfirmed')
  return onHold ? t('circle.standing.on-hold') : null
}
