// A check phrase, large, in the language of the screen; beside it the other languages, since the other
// screen may speak one of those.

import type { Phrases } from '../../../../core/api/contract.ts'
import { language } from '../../words/words.ts'

export function Phrase({ phrases }: { phrases: Phrases }) {
  const own = phrases[language.value] === undefined ? 'en' : language.value
  const others = Object.entries(phrases).filter(([name]) => name !== own)
  return (
    <div class="phrase">
      <p class="phrase-own" lang={own} dir="ltr">
        {phrases[own] ?? ''}
      </p>
      {others.map(([name, text]) => (
        <p class="muted" lang={name} dir="ltr" key={name}>
          <span lang="en">{name.toUpperCase()}</span> {text}
        </p>
      ))}
    </div>
  )
}
