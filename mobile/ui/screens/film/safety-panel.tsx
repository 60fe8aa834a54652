// How safe the film is, at a glance: a colour, a sign, a large number, and the sentence. Read out when it
// changes, not with every second.

import { useEffect, useRef, useState } from 'preact/hooks'
import { isNews, type Safety } from '../../state/film/shown/safety.ts'
import { t, type WordKey } from '../../words/words.ts'
import { safety } from './model.ts'
import './style/safety.css'

const SIGNS: Record<Safety['level'], string> = { none: '…', danger: '✕', warn: '!', safe: '✓' }

export function SafetyPanel() {
  const now = safety.value
  return (
    <div class={`safety ${now.level}`}>
      <span class="safety-number number" aria-hidden="true">
        {now.kind === 'starting' ? SIGNS.none : now.copies}
      </span>
      <p class="safety-words">
        <strong>
          <span aria-hidden="true">{SIGNS[now.level]} </span>
          {wordsOf(now)}
        </strong>
        <span class="safety-note number">{noteOf(now)}</span>
      </p>
      <Spoken safety={now} />
    </div>
  )
}

export function wordsOf({ kind, copies }: Safety): string {
  return t(`film.safety-${kind}` as WordKey, { count: copies })
}

function noteOf({ kind, behindSeconds }: Safety): string {
  if (kind === 'behind') return t('film.behind', { count: behindSeconds })
  return t(`film.safety-${kind}-note` as WordKey)
}

/** For a screen reader: the sentence alone, once for each change. */
function Spoken({ safety: now }: { safety: Safety }) {
  const before = useRef(now)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (isNews(before.current, now)) setWords(wordsOf(now))
    before.current = now
  }, [now])
  return (
    <span class="visually-hidden" role="status" aria-live="assertive">
      {words}
    </span>
  )
}
