// One member: who it is, what it holds, what was said of it, and what may be done about it.

import { useState } from 'preact/hooks'
import type { CircleState, MemberItem, Said, State } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Page } from '../../../components/page.tsx'
import { memberCalled, newestFirst, ownFilms } from '../../../state/circle/circle-view.ts'
import {
  formerNameSentence,
  holdsSentence,
  standingSentence
} from '../../../state/circle/member-words.ts'
import { t } from '../../../words/words.ts'
import { ChangeList } from '../history/changes.tsx'
import { linkIn } from '../links.ts'
import {
  dayText,
  formerName,
  isolated,
  memberName,
  nameIn,
  presenceOf,
  roleName,
  say,
  times
} from '../texts.ts'
import { MemberActions, type Deed } from './member-actions.tsx'
import { Rename } from './rename.tsx'

interface MemberProps {
  circle: CircleState
  state: State
  device: string
}

export function Member({ circle, state, device }: MemberProps) {
  const [done, setDone] = useState<Deed | null>(null)
  const member = memberCalled(circle, device)
  const back = { href: linkIn('at', circle.circle), label: t('circle.back') }
  if (member === null) {
    return (
      <Page title={t('circle.title')} back={back}>
        <p>{t('circle.member.gone')}</p>
      </Page>
    )
  }
  const said = circle.history.filter(({ about, by }) => about === device || by === device)
  return (
    <Page title={memberName(circle, device)} back={back}>
      {done !== null && <Done circle={circle} device={device} deed={done} />}
      <Facts circle={circle} state={state} member={member} />
      {member.self && member.state === 'active' && <Rename member={member} />}
      <MemberActions circle={circle} member={member} onDone={setDone} />
      <section class="part">
        <h2>{t('circle.changes.title')}</h2>
        <ChangeList circle={circle} self={state.device.device ?? ''} items={newestFirst(said)} />
      </section>
    </Page>
  )
}

function Facts({ circle, state, member }: Omit<MemberProps, 'device'> & { member: MemberItem }) {
  const { role, self } = member
  const filmed = ownFilms(state, circle.circle).length
  const standing = standingSentence(member, nameIn(circle), isolated)
  const isIn = member.state === 'active'
  const former = formerNameSentence(member, formerName(member), times())
  const presence = self || !isIn ? [] : presenceOf(member)
  return (
    <section class="part" aria-label={t('circle.member.about')}>
      {standing !== null && (
        <Banner kind="warn">
          <p>{say(standing)}</p>
        </Banner>
      )}
      <p>
        <strong>{roleName(role)}</strong>
        <br />
        {t(`circle.roleNote.${role}`)}
      </p>
      {presence.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {!self && isIn && <p>{say(holdsSentence(member.holdsOfMine, filmed, times()))}</p>}
      <p class="muted">{addedText(circle, member)}</p>
      {former !== null && <p class="muted">{say(former)}</p>}
    </section>
  )
}

function addedText(circle: CircleState, { device, addedBy, addedAtMs }: MemberItem): string {
  const time = dayText(addedAtMs)
  if (addedBy === device) return t('circle.member.founded', { time })
  if (memberCalled(circle, addedBy)?.self === true) return t('circle.member.addedByYou', { time })
  return t('circle.member.addedBy', { name: nameIn(circle)(addedBy), time })
}

/** What became of what was just done, and whom to ask where a second is needed. */
function Done({ circle, device, deed }: { circle: CircleState; device: string; deed: Deed }) {
  const { kind, said } = deed
  const name = nameIn(circle)(device)
  return (
    <Banner kind={said.needsSecond ? 'warn' : 'safe'}>
      <p>{said.needsSecond ? secondText(circle, said) : t(`circle.said.${kind}`, { name })}</p>
    </Banner>
  )
}

function secondText(circle: CircleState, { seconders }: Said): string {
  if (seconders.length === 0) return t('circle.said.needsSecondNobody')
  const names = seconders.slice(0, 3).map(nameIn(circle)).join(', ')
  return t('circle.said.needsSecond', { names })
}
