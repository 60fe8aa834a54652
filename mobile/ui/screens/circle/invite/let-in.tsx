// Who came in by an invite, and who was turned away and why.

import type { InviteState } from '../../../../../core/api/contract.ts'
import { List, ListItem } from '../../../components/list.tsx'
import { language, t } from '../../../words/words.ts'

export function LetIn({ invite }: { invite: InviteState }) {
  const { admitted, refused } = invite
  return (
    <>
      {admitted.length > 0 && (
        <section class="part">
          <h2>{t('circle.invite.admitted')}</h2>
          <List>
            {admitted.map(({ device, name, phrases }) => (
              <ListItem key={device} note={t('circle.invite.admittedAs', { phrase: own(phrases) })}>
                <bdi>{name === '' ? t('circle.invite.somebody') : name}</bdi>
              </ListItem>
            ))}
          </List>
        </section>
      )}
      {refused.length > 0 && (
        <section class="part">
          <h2>{t('circle.invite.turnedAway')}</h2>
          <List>
            {refused.map(({ name, reason, atMs }, i) => (
              <ListItem key={`${atMs} ${i}`} note={t(`circle.turned.${reason}`)}>
                <bdi>{name || t('circle.invite.somebody')}</bdi>
              </ListItem>
            ))}
          </List>
        </section>
      )}
    </>
  )
}

function own(phrases: Record<string, string>): string {
  return phrases[language.value] ?? phrases['en'] ?? ''
}
