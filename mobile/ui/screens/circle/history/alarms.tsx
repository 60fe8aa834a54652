// Alarms, newest first: what happened, what to do about it, how it is known.

import type { AlarmItem, CircleState } from '../../../../../core/api/contract.ts'
import { Button } from '../../../components/button.tsx'
import { Page } from '../../../components/page.tsx'
import { linkTo } from '../../../shell/router.ts'
import { alarmTold } from '../../../state/circle/alarm-words.ts'
import { newestFirst } from '../../../state/circle/circle-view.ts'
import { t } from '../../../words/words.ts'
import { linkIn } from '../links.ts'
import { momentText, nameIn, say } from '../texts.ts'

interface AlarmsProps {
  circle: CircleState
  /** This device. */
  self: string
}

export function Alarms({ circle, self }: AlarmsProps) {
  const alarms = newestFirst(circle.alarms)
  return (
    <Page
      title={t('circle.alarms.title')}
      back={{ href: linkIn('at', circle.circle), label: t('circle.back') }}
    >
      {alarms.length === 0 && <p>{t('circle.alarms.empty')}</p>}
      <ol class="told">
        {alarms.map((alarm) => (
          <Alarm key={keyOf(alarm)} circle={circle} self={self} alarm={alarm} />
        ))}
      </ol>
    </Page>
  )
}

function Alarm({ circle, self, alarm }: AlarmsProps & { alarm: AlarmItem }) {
  const people = { isSelf: (device: string) => device === self, nameOf: nameIn(circle) }
  const { what, todo, source, urgency } = alarmTold(alarm, people)
  const { recording, times, atMs } = alarm
  return (
    <li class={`told-item urgency-${urgency}`}>
      <p class="told-time number">
        <strong>{t(`circle.alarms.urgency-${urgency}`)}</strong> · {momentText(atMs)}
        {times > 1 && ` · ${t('circle.alarms.times', { count: times })}`}
      </p>
      <h2 class="told-what">{say(what)}</h2>
      <p>
        <span class="visually-hidden">{t('circle.alarms.todo')} </span>
        <span class="told-todo">{say(todo)}</span>
      </p>
      {source !== null && <p class="muted">{say(source)}</p>}
      {recording !== null && (
        <Button href={linkTo('watch', recording)}>{t('circle.alarms.film')}</Button>
      )}
    </li>
  )
}

function keyOf({ kind, device, by, recording, atMs }: AlarmItem): string {
  return [kind, device, by, recording ?? '', atMs].join(' ')
}
