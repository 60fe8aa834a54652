// What each step of the drill shows, all of it made up.

import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { List, ListItem } from '../../../components/list.tsx'
import { copiesAfter, QUESTIONS, type Drill, type Move } from '../../../state/drill/drill.ts'
import { language, t, type WordKey } from '../../../words/words.ts'

export interface PartProps {
  drill: Drill
  move: (move: Move) => void
}

export function TheFilm({ drill, move }: PartProps) {
  const { filmedS } = drill
  const copies = copiesAfter(filmedS)
  return (
    <>
      <Scene />
      {filmedS === null ? (
        <Button kind="primary" wide onClick={() => move({ kind: 'tap' })}>
          {t('advice.drill.film.tap')}
        </Button>
      ) : (
        <p class="number">{t('advice.drill.film.running', { seconds: filmedS })}</p>
      )}
      <p class="drill-copies" role="status">
        {copies === 0
          ? t('advice.drill.film.nobody')
          : t('advice.drill.film.copies', { count: copies })}
      </p>
    </>
  )
}

/** Somebody on the ground, somebody above: drawn, so that it is taken for no picture of the camera. */
function Scene() {
  return (
    <div class="drill-finder" aria-hidden="true">
      <svg viewBox="0 0 120 80" fill="none" stroke="currentColor" stroke-width="3">
        <circle cx="78" cy="16" r="8" />
        <path d="M78 24v24l-10 20M78 48l10 20M78 32 60 44M78 32l14 14" />
        <circle cx="30" cy="58" r="8" />
        <path d="M38 62h34M44 62 40 72M4 76h112" />
      </svg>
    </div>
  )
}

/** In another order than in the table, where the right one is first. */
const SHOWN = [1, 0, 2]

export function Question({
  drill,
  move,
  question
}: PartProps & { question: keyof typeof QUESTIONS }) {
  const answers = SHOWN.map((i) => QUESTIONS[question][i]!)
  const isRight = drill.answer === QUESTIONS[question][0]
  return (
    <>
      <div class="drill-answers">
        {answers.map((answer) => (
          <Button
            key={answer}
            wide
            pressed={drill.answer === answer}
            onClick={() => move({ kind: 'answer', answer })}
          >
            {word(`${question}.${answer}`)}
          </Button>
        ))}
      </div>
      <div aria-live="polite">
        {drill.answer !== null && (
          <Banner kind={isRight ? 'safe' : 'warn'}>
            <p>{word(`${question}.${drill.answer}-why`)}</p>
          </Banner>
        )}
      </div>
    </>
  )
}

export function Taken() {
  const options = { timeStyle: 'medium', hourCycle: 'h23', numberingSystem: 'latn' } as const
  const time = new Intl.DateTimeFormat(language.value, options).format(Date.now())
  return (
    <>
      <div class="drill-finder dark" aria-hidden="true" />
      <Banner kind="safe">
        <p>{t('advice.drill.taken.left', { time })}</p>
      </Banner>
      <p>{t('advice.drill.taken.lesson')}</p>
    </>
  )
}

export function TheirCircle({ drill, move }: PartProps) {
  return (
    <>
      <List>
        {(['fake-mother', 'fake-friend', 'fake-lawyer'] as const).map((who) => (
          <ListItem key={who}>{t(`advice.drill.${who}`)}</ListItem>
        ))}
      </List>
      {drill.cutOff ? (
        <Banner kind="safe">
          <p>{t('advice.drill.circle.done')}</p>
        </Banner>
      ) : (
        <Button kind="danger" wide onClick={() => move({ kind: 'cut-off' })}>
          {t('advice.drill.circle.do')}
        </Button>
      )}
    </>
  )
}

export function Prepare() {
  return (
    <ul class="follows">
      {(['todo-circle', 'todo-lawyer', 'todo-lock'] as const).map((todo) => (
        <li key={todo}>{t(`advice.drill.end.${todo}`)}</li>
      ))}
    </ul>
  )
}

function word(key: string): string {
  return t(`advice.drill.${key}` as WordKey)
}
