// How a redemption goes: looking, asked with the words to compare, in, or refused with the remedy.

import type { JoinState } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { Progress } from '../../../components/progress.tsx'
import { call, state } from '../../../engine/engine.ts'
import { mayComeYet, refusalSentence } from '../../../state/circle/refusal-words.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { linkIn } from '../links.ts'
import { Phrase } from '../phrase.tsx'
import { say, untilText } from '../texts.ts'

export interface JoinProgressProps {
  join: JoinState
  /** Gives this invite up and looks for another one. */
  onAgain: () => void
}

export function JoinProgress(props: JoinProgressProps) {
  switch (props.join.phase) {
    case 'pending':
      return <Pending {...props} />
    case 'looking':
      return <Looking {...props} />
    case 'asked':
      return <Asked {...props} />
    case 'joined':
      return <Joined {...props} />
    case 'refused':
      return <Refused {...props} />
  }
}

function Pending({ onAgain }: JoinProgressProps) {
  const { busy, failure, ask } = useAsking()
  return (
    <>
      <FailureBanner failure={failure} />
      <Banner kind="info">
        <p>{t('circle.join.phase-pending')}</p>
      </Banner>
      <div class="actions">
        <Button kind="primary" disabled={busy} onClick={() => ask(() => call('join.start', {}))}>
          {t('circle.join.goOn')}
        </Button>
        <Button onClick={onAgain}>{t('circle.join.forget')}</Button>
      </div>
    </>
  )
}

function Looking({ join, onAgain }: JoinProgressProps) {
  const { attempt, expiresAtMs } = join
  return (
    <>
      <Progress label={t('circle.join.phase-looking')} value={null} />
      {attempt > 1 && (
        <>
          <p role="status">{t('circle.join.tries', { time: untilText(expiresAtMs) })}</p>
          <p class="muted number">{t('circle.join.attempt', { attempt })}</p>
        </>
      )}
      <Stop onAgain={onAgain} />
    </>
  )
}

function Asked({ join, onAgain }: JoinProgressProps) {
  return (
    <>
      <p role="status">{t('circle.join.phase-asked')}</p>
      {join.phrases !== null && (
        <section class="part" aria-live="polite">
          <h2>{t('circle.join.phrase')}</h2>
          <Phrase phrases={join.phrases} />
          {join.confirm && <p>{t('circle.join.compare')}</p>}
          <p>{t('circle.join.noCompare')}</p>
        </section>
      )}
      <Stop onAgain={onAgain} />
    </>
  )
}

/** Stopping for now keeps the invite; giving it up does not. */
function Stop({ onAgain }: { onAgain: () => void }) {
  const { busy, failure, ask } = useAsking()
  return (
    <>
      <FailureBanner failure={failure} />
      <div class="actions">
        <Button disabled={busy} onClick={() => ask(() => call('join.cancel', {}))}>
          {t('circle.join.cancel')}
        </Button>
        <Button onClick={onAgain}>{t('circle.join.forget')}</Button>
      </div>
    </>
  )
}

function Joined({ join, onAgain }: JoinProgressProps) {
  const { circle, phrases } = join
  const name = circle === null ? '' : (state.value?.circles[circle]?.name ?? '')
  return (
    <>
      <Banner kind="safe">
        <p>{name === '' ? t('circle.join.joinedUnnamed') : t('circle.join.joined', { name })}</p>
      </Banner>
      {phrases !== null && !join.confirm && (
        <section class="part">
          <h2>{t('circle.join.phrase')}</h2>
          <Phrase phrases={phrases} />
          <p>{t('circle.join.noCompare')}</p>
        </section>
      )}
      <div class="actions">
        <Button kind="primary" href={circle === null ? '#circle' : linkIn('at', circle)}>
          {t('circle.join.toCircle')}
        </Button>
        <Button onClick={onAgain}>{t('circle.joinAnother')}</Button>
      </div>
    </>
  )
}

function Refused({ join, onAgain }: JoinProgressProps) {
  const { busy, failure, ask } = useAsking()
  const why = join.failure ?? { code: 'INTERNAL', message: '' }
  return (
    <>
      <FailureBanner failure={failure} />
      <Banner kind="danger">
        <p>{say(refusalSentence(why))}</p>
      </Banner>
      <div class="actions">
        {mayComeYet(why) && (
          <Button kind="primary" disabled={busy} onClick={() => ask(() => call('join.start', {}))}>
            {t('shell.again')}
          </Button>
        )}
        <Button kind={mayComeYet(why) ? 'quiet' : 'primary'} onClick={onAgain}>
          {t('circle.join.again')}
        </Button>
      </div>
    </>
  )
}
