// The journal of changes in plain words, newest first: who said what of whom, what became of it, and the
// button to agree where that is waited for.

import { useState } from 'preact/hooks'
import type { CircleState, HistoryItem } from '../../../../../core/api/contract.ts'
import { Ask } from '../../../components/ask.tsx'
import { Button } from '../../../components/button.tsx'
import { Page } from '../../../components/page.tsx'
import { call } from '../../../engine/engine.ts'
import { changeSentence, effectSentence, nameThen } from '../../../state/circle/change-words.ts'
import { memberCalled, newestFirst } from '../../../state/circle/circle-view.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { linkIn } from '../links.ts'
import { isolated, momentText, nameIn, nameless, roleName, say } from '../texts.ts'

interface ChangesProps {
  circle: CircleState
  /** This device. */
  self: string
}

export function Changes({ circle, self }: ChangesProps) {
  const items = newestFirst(circle.history)
  return (
    <Page
      title={t('circle.changes.title')}
      back={{ href: linkIn('at', circle.circle), label: t('circle.back') }}
    >
      <p class="muted">{t('circle.changes.note')}</p>
      {items.length === 0 && <p>{t('circle.changes.empty')}</p>}
      <ChangeList circle={circle} self={self} items={items} />
    </Page>
  )
}

export function ChangeList({ circle, self, items }: ChangesProps & { items: HistoryItem[] }) {
  return (
    <ol class="told">
      {items.map((item, i) => (
        <ChangeItem key={`${items.length - i}`} circle={circle} self={self} item={item} />
      ))}
    </ol>
  )
}

function ChangeItem({ circle, self, item }: ChangesProps & { item: HistoryItem }) {
  const people = { self, nameOf: nameIn(circle), named: namedIn, roleName }
  const then = nameThen(item, memberCalled(circle, item.about)?.name ?? '')
  const effect = effectSentence(item, people)
  const { atMs, reason, seconders, state } = item
  return (
    <li class={`told-item ${state}`}>
      <p class="told-time number">
        {atMs === null ? t('circle.changes.someTime') : momentText(atMs)}
      </p>
      <p>{say(changeSentence(item, people))}</p>
      {then !== null && <p>{t('circle.changes.wrote', { name: isolated(then) })}</p>}
      {reason !== '' && <p>{t('circle.changes.reason', { reason: isolated(reason) })}</p>}
      {effect !== null && <p class="told-effect">{say(effect)}</p>}
      {seconders.includes(self) && <Agree circle={circle} item={item} />}
    </li>
  )
}

/** As whoever said it wrote it. */
function namedIn(name: string, device: string): string {
  return isolated(name === '' ? nameless(device) : name)
}

function Agree({ circle, item }: { circle: CircleState; item: HistoryItem }) {
  const [open, setOpen] = useState(false)
  const { busy, failure, ask } = useAsking()
  const agree = async (): Promise<void> => {
    await call('member.second', { circle: circle.circle, device: item.about })
    setOpen(false)
  }
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        {t('circle.changes.agree')}
      </Button>
      <Ask
        title={t('circle.changes.agreeAsk')}
        open={open}
        yes={t('circle.changes.agree')}
        busy={busy}
        onYes={() => ask(agree)}
        onNo={() => setOpen(false)}
      >
        <p>{t('circle.changes.agreeWhat')}</p>
        <FailureBanner failure={failure} />
      </Ask>
    </>
  )
}
