// Inviting: the form, then the code and whoever comes. Says who can invite where this device cannot.

import type { CircleState, State } from '../../../../../core/api/contract.ts'
import { Page } from '../../../components/page.tsx'
import { mayOrganise } from '../../../state/circle/circle-view.ts'
import { t } from '../../../words/words.ts'
import { linkIn } from '../links.ts'
import { StandingBanner } from '../home/standing-banner.tsx'
import { nameIn } from '../texts.ts'
import { InviteForm } from './invite-form.tsx'
import { OpenInvite } from './open-invite.tsx'

interface InviteProps {
  circle: CircleState
  state: State
  /** Which of the invites; a new one where none is named. */
  handle: string | undefined
}

export function Invite({ circle, state, handle }: InviteProps) {
  const invite = handle === undefined ? undefined : state.invites[handle]
  return (
    <Page
      title={t('circle.invite.title')}
      back={{ href: linkIn('at', circle.circle), label: t('circle.back') }}
    >
      <StandingBanner circle={circle} />
      {invite !== undefined ? (
        <OpenInvite invite={invite} />
      ) : mayOrganise(circle) ? (
        <InviteForm circle={circle.circle} />
      ) : (
        <p>{whoCan(circle)}</p>
      )}
    </Page>
  )
}

function whoCan(circle: CircleState): string {
  const organisers = circle.members.filter(
    ({ role, state, onHold, self }) =>
      role === 'organiser' && state === 'active' && !onHold && !self
  )
  if (organisers.length === 0) return t('circle.invite.onlyNobody')
  const names = organisers.map(({ device }) => nameIn(circle)(device)).join(', ')
  return t('circle.invite.only', { names })
}
