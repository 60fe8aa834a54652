// One member in the list: name, role, whether it is here, what it holds of this phone's films.

import type { CircleState, MemberItem } from '../../../../../core/api/contract.ts'
import { ListItem } from '../../../components/list.tsx'
import { connection } from '../../../engine/engine.ts'
import {
  formerNameSentence,
  holdsSentence,
  standingSentence
} from '../../../state/circle/member-words.ts'
import { t } from '../../../words/words.ts'
import { linkIn } from '../links.ts'
import {
  formerName,
  isolated,
  memberName,
  nameIn,
  presenceOf,
  roleName,
  say,
  times
} from '../texts.ts'

export interface MemberRowProps {
  circle: CircleState
  member: MemberItem
  /** Films of this device in this circle. */
  filmed: number
}

export function MemberRow({ circle, member, filmed }: MemberRowProps) {
  const { device, self } = member
  return (
    <ListItem
      href={linkIn('member', circle.circle, device)}
      before={<Dot on={isHere(member)} />}
      note={<Notes circle={circle} member={member} filmed={filmed} />}
    >
      <bdi>{memberName(circle, device)}</bdi>
      {self && <span class="muted"> ({t('circle.thisDevice')})</span>}
    </ListItem>
  )
}

/** Who is here, nobody knows without the engine. */
function isHere({ online, self }: MemberItem): boolean {
  return connection.value === 'open' && (online || self)
}

/** The role, then whatever there is to say, each on a line of its own. */
function Notes({ circle, member, filmed }: MemberRowProps) {
  return (
    <>
      <strong class="note-line">{roleName(member.role)}</strong>
      {notesOf(circle, member, filmed).map((note) => (
        <span class="note-line number" key={note}>
          {note}
        </span>
      ))}
    </>
  )
}

function notesOf(circle: CircleState, member: MemberItem, filmed: number): string[] {
  const standing = standingSentence(member, nameIn(circle), isolated)
  const former = formerNameSentence(member, formerName(member), times())
  const notes = [former, standing].flatMap((one) => (one === null ? [] : [say(one)]))
  if (standing !== null && member.state !== 'active') return notes
  if (member.self) return notes
  const said = [...notes, ...presenceOf(member)]
  if (filmed === 0) return said // as the card above says, once for all of them
  return [...said, say(holdsSentence(member.holdsOfMine, filmed, times()))]
}

/** The words beside it say the same. */
export function Dot({ on }: { on: boolean }) {
  return <span class={on ? 'dot on' : 'dot'} aria-hidden="true" />
}
