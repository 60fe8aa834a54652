// The drill on the screen: labelled on every step, fed by a story and a clock, by nothing else. What
// happens in it happens in this file's memory.

import { useEffect, useReducer } from 'preact/hooks'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { Page } from '../../../components/page.tsx'
import { linkTo } from '../../../shell/router.ts'
import { FRESH, isFilming, mayGoOn, moved, STEPS } from '../../../state/drill/drill.ts'
import { t } from '../../../words/words.ts'
import { Prepare, Question, Taken, TheirCircle, TheFilm, type PartProps } from './parts.tsx'

export function Drill() {
  const [drill, move] = useReducer(moved, FRESH)
  const runs = isFilming(drill)
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => move({ kind: 'tick' }), 1000)
    return () => clearInterval(timer)
  }, [runs])
  const step = STEPS.indexOf(drill.step) + 1
  return (
    <div class="drill">
      <p class="drill-label">{t('advice.drill.label')}</p>
      <p class="number">{t('advice.drill.step', { step, steps: STEPS.length })}</p>
      <Page title={t(`advice.drill.${drill.step}.title`)} key={drill.step} back={BACK()}>
        <p class="lead">{t(`advice.drill.${drill.step}.text`)}</p>
        <Part drill={drill} move={move} />
        <Onward drill={drill} move={move} />
      </Page>
    </div>
  )
}

const BACK = () => ({ href: linkTo('advice'), label: t('advice.drill.leave') })

function Part(props: PartProps) {
  switch (props.drill.step) {
    case 'intro':
      return null
    case 'film':
      return <TheFilm {...props} />
    case 'stop':
      return <Question {...props} question="stop" />
    case 'taken':
      return <Taken />
    case 'code':
      return <Question {...props} question="code" />
    case 'circle':
      return <TheirCircle {...props} />
    case 'end':
      return <Prepare />
  }
}

function Onward({ drill, move }: PartProps) {
  if (drill.step === 'end') {
    return (
      <div class="actions">
        <Button onClick={() => move({ kind: 'again' })}>{t('advice.drill.end.again')}</Button>
        <Button kind="primary" href={linkTo('circle')}>
          {t('advice.drill.end.toCircle')}
        </Button>
      </div>
    )
  }
  if (drill.step === 'film' && !mayGoOn(drill)) {
    return (
      <Banner kind="info">
        <p>{t('advice.drill.film.wait')}</p>
      </Banner>
    )
  }
  if (!mayGoOn(drill)) return null
  return (
    <Button kind="primary" wide onClick={() => move({ kind: 'next' })}>
      {t(drill.step === 'intro' ? 'advice.drill.start' : 'advice.drill.next')}
    </Button>
  )
}
