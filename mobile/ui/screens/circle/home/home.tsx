// The circle at a glance: what would be left of this phone's films, what waits for its owner, who is in.

import type { CircleState, State } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { List, ListItem } from '../../../components/list.tsx'
import { Page } from '../../../components/page.tsx'
import { needingYou } from '../../../state/circle/alarm-words.ts'
import {
  activeOthers,
  mayOrganise,
  membersInOrder,
  openInvites,
  ownFilms,
  waitingForMe
} from '../../../state/circle/circle-view.ts'
import { t } from '../../../words/words.ts'
import { linkIn } from '../links.ts'
import { MemberRow } from './member-row.tsx'
import { StandingBanner } from './standing-banner.tsx'
import { TakenCard } from './taken-card.tsx'
import { circleName, roleName, untilText } from '../texts.ts'

interface HomeProps {
  circle: CircleState
  state: State
}

export function Home({ circle, state }: HomeProps) {
  const alone = activeOthers(circle).length === 0
  return (
    <Page title={circleName(circle)}>
      <StandingBanner circle={circle} />
      <Waiting circle={circle} state={state} />
      <TakenCard circle={circle} state={state} />
      {alone && circle.state === 'active' && <p>{t('circle.first.alone')}</p>}
      {mayOrganise(circle) && (
        <Button kind="primary" wide href={linkIn('invite', circle.circle)}>
          {t(alone ? 'circle.first.invite' : 'circle.invite.title')}
        </Button>
      )}
      {alone && (
        <Button wide href={linkIn('join')}>
          {t('circle.first.join')}
        </Button>
      )}
      <Invites circle={circle} state={state} />
      <Members circle={circle} state={state} />
      <More circle={circle} state={state} alone={alone} />
    </Page>
  )
}

/** What somebody should do: alarms, agreements. */
function Waiting({ circle, state }: HomeProps) {
  const alarms = needingYou(circle.alarms, Date.now())
  const changes = waitingForMe(circle, state.device.device ?? '').length
  return (
    <>
      {alarms > 0 && (
        <Banner kind="danger">
          <p>{t('circle.alarms.new', { count: alarms })}</p>
          <Button href={linkIn('alarms', circle.circle)}>{t('circle.alarms.title')}</Button>
        </Banner>
      )}
      {changes > 0 && (
        <Banner kind="warn">
          <p>{t('circle.changes.waiting', { count: changes })}</p>
          <Button href={linkIn('changes', circle.circle)}>{t('circle.changes.title')}</Button>
        </Banner>
      )}
    </>
  )
}

/** Doors that stand open: each leads to its code and to who waits there. */
function Invites({ circle, state }: HomeProps) {
  const invites = openInvites(state, circle.circle)
  if (invites.length === 0) return null
  return (
    <section class="part" aria-labelledby="invites-title">
      <h2 id="invites-title">{t('circle.invite.open')}</h2>
      <List>
        {invites.map(({ invite, role, used, uses, expiresAtMs }) => (
          <ListItem key={invite} href={linkIn('invite', circle.circle, invite)}>
            {t('circle.invite.openItem', {
              role: roleName(role),
              used,
              uses,
              time: untilText(expiresAtMs)
            })}
          </ListItem>
        ))}
      </List>
    </section>
  )
}

function Members({ circle, state }: HomeProps) {
  const members = membersInOrder(circle)
  const filmed = ownFilms(state, circle.circle).length
  const count = members.filter((member) => member.state === 'active').length
  return (
    <section class="part" aria-labelledby="members-title">
      <h2 id="members-title">{t('circle.membersCount', { count })}</h2>
      <List>
        {members.map((member) => (
          <MemberRow key={member.device} circle={circle} member={member} filmed={filmed} />
        ))}
      </List>
    </section>
  )
}

function More({ circle, state, alone }: HomeProps & { alone: boolean }) {
  const others = Object.values(state.circles).filter((one) => one.circle !== circle.circle)
  return (
    <nav class="part" aria-label={t('circle.title')}>
      <List>
        <ListItem href={linkIn('changes', circle.circle)}>{t('circle.changes.title')}</ListItem>
        <ListItem href={linkIn('alarms', circle.circle)}>{t('circle.alarms.title')}</ListItem>
        {!alone && <ListItem href={linkIn('join')}>{t('circle.joinAnother')}</ListItem>}
        <ListItem href={linkIn('new')}>{t('circle.newCircle')}</ListItem>
      </List>
      {others.length > 0 && (
        <List label={t('circle.others')}>
          {others.map((one) => (
            <ListItem key={one.circle} href={linkIn('at', one.circle)} note={t('circle.others')}>
              {circleName(one)}
            </ListItem>
          ))}
        </List>
      )}
    </nav>
  )
}
