// The circle: which of its screens is shown. Without a circle, the two ways into one.

import { state } from '../../engine/engine.ts'
import type { ScreenProps } from '../../shell/lazy.tsx'
import { Page } from '../../components/page.tsx'
import { circleOf } from '../../state/circle/circle-view.ts'
import { t } from '../../words/words.ts'
import { FirstRun } from './beginning/first-run.tsx'
import { NewCircle } from './beginning/new-circle.tsx'
import './circle.css'
import { Alarms } from './history/alarms.tsx'
import { Changes } from './history/changes.tsx'
import { Home } from './home/home.tsx'
import { Invite } from './invite/invite.tsx'
import { Join } from './join/join.tsx'
import { circlePlace } from './links.ts'
import { Member } from './member/member.tsx'

export default function Circle({ rest }: ScreenProps) {
  const { view, circle: wanted, what } = circlePlace(rest)
  const whole = state.value
  if (whole === null) return <Loading />
  if (view === 'new') return <NewCircle />
  if (view === 'join') return <Join />
  const circle = circleOf(whole, wanted)
  if (circle === null) return <FirstRun />
  const key = rest.join('/')
  switch (view) {
    case 'invite':
      return <Invite key={key} circle={circle} state={whole} handle={what} />
    case 'member':
      return <Member key={key} circle={circle} state={whole} device={what ?? ''} />
    case 'changes':
      return <Changes circle={circle} self={whole.device.device ?? ''} />
    case 'alarms':
      return <Alarms circle={circle} self={whole.device.device ?? ''} />
    default:
      return <Home circle={circle} state={whole} />
  }
}

function Loading() {
  return (
    <Page title={t('circle.title')}>
      <p role="status">{t('circle.loading')}</p>
    </Page>
  )
}
