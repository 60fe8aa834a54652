// The cards of advice for a country: what to do, why, words to use, and what the law there adds.

import { useState } from 'preact/hooks'
import { Banner } from '../../components/banner.tsx'
import { Field } from '../../components/field.tsx'
import { kept } from '../../shell/kept.ts'
import {
  adviceLanguage,
  cardsFor,
  COUNTRIES,
  countryCalled,
  guessedCountry,
  type AdviceLanguage,
  type Card,
  type CountryAdvice
} from '../../state/advice/advice.ts'
import { language, t } from '../../words/words.ts'

/** As it is kept where somebody wants what holds everywhere and no country's law. */
const NONE = 'none'

export function Cards() {
  const spoken = adviceLanguage(language.value)
  const [country, setCountry] = useState(keptCountry)
  const choose = (wanted: string): void => {
    kept.write('country', wanted)
    setCountry(countryCalled(wanted))
  }
  return (
    <>
      <Field label={t('advice.country')}>
        <select
          value={country?.country ?? NONE}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value={NONE}>{t('advice.everywhere')}</option>
          {COUNTRIES.map((one) => (
            <option key={one.country} value={one.country} lang={spoken}>
              {one.name[spoken]}
            </option>
          ))}
        </select>
      </Field>
      <Caution country={country} />
      <ul class="cards" lang={spoken} dir="ltr">
        {cardsFor(country, spoken).map((card) => (
          <AdviceCard key={card.topic} card={card} country={country} spoken={spoken} />
        ))}
      </ul>
    </>
  )
}

function keptCountry(): CountryAdvice | null {
  const wanted = kept.read('country')
  return wanted === null ? guessedCountry(navigator.languages) : countryCalled(wanted)
}

function Caution({ country }: { country: CountryAdvice | null }) {
  if (country === null) return <p class="muted">{t('advice.nothingHere')}</p>
  const { readBy, checkedOn } = country
  return (
    <Banner kind="warn">
      <p>
        {readBy === null ? t('advice.unread') : t('advice.readBy', { name: readBy })}{' '}
        {t('advice.checkedOn', { month: monthText(checkedOn) })}
      </p>
    </Banner>
  )
}

interface AdviceCardProps {
  card: Card
  country: CountryAdvice | null
  spoken: AdviceLanguage
}

function AdviceCard({ card, country, spoken }: AdviceCardProps) {
  const { title, why, say, here, sources } = card
  return (
    <li class="advice-card">
      <h2>{title}</h2>
      <p>{why}</p>
      {say !== undefined && (
        <blockquote aria-label={t('advice.say')}>
          <p>
            <q>{say}</q>
          </p>
        </blockquote>
      )}
      {here !== null && (
        <div class="advice-here">
          <p class="advice-where">{country!.name[spoken]}</p>
          <p>{here}</p>
          <details>
            <summary>{t('advice.sources')}</summary>
            <ul class="follows">
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </details>
        </div>
      )}
    </li>
  )
}

/** @param month `2026-11` */
function monthText(month: string): string {
  const date = new Date(`${month}-15T12:00:00Z`)
  return new Intl.DateTimeFormat(language.value, { month: 'long', year: 'numeric' }).format(date)
}
