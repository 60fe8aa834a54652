// "If this phone is taken now": the sentence people look for first, with a word, a sign and a colour.

import type { CircleState, State } from '../../../../../core/api/contract.ts'
import { connection } from '../../../engine/engine.ts'
import { activeOthers, ownFilms } from '../../../state/circle/circle-view.ts'
import { takenSafety, takenSentence, type Safety } from '../../../state/circle/taken-words.ts'
import { ifTakenNow } from '../../../state/circle/taken.ts'
import { t } from '../../../words/words.ts'
import { LockNow } from '../../device/lock-now.tsx'
import { PanicButton } from '../../panic/panic-dialog.tsx'
import { unfinished } from '../../film/model.ts'
import { momentText, say } from '../texts.ts'

const SIGNS: Record<Safety, string> = {
  safe: '✓',
  partly: '!',
  nobody: '✕',
  idle: '–',
  stale: '?'
}

export function TakenCard({ circle, state }: { circle: CircleState; state: State }) {
  const taken = ifTakenNow(ownFilms(state, circle.circle), unfinished.value.length > 0)
  const safety = takenSafety(taken, connection.value === 'open')
  const remedy = remedyFor(safety, activeOthers(circle).length)
  return (
    <section class={`taken ${safety}`} aria-labelledby="taken-title">
      <h2 id="taken-title">{t('circle.taken.title')}</h2>
      <p class="taken-word">
        <span aria-hidden="true">{SIGNS[safety]} </span>
        {t(`circle.safety.${safety}`)}
      </p>
      <p class="taken-sentence number">{say(takenSentence(taken, momentText))}</p>
      {remedy !== null && <p class="muted">{remedy}</p>}
      <div class="taken-ways">
        <LockNow />
        <PanicButton />
      </div>
    </section>
  )
}

/** Who is alone is told what to do below. */
function remedyFor(safety: Safety, others: number): string | null {
  const isGoingOn = safety === 'partly' || safety === 'nobody'
  return !isGoingOn || others === 0 ? null : t('circle.taken.goOn')
}
