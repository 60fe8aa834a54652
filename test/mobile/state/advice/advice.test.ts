import test from 'brittle'
import {
  ADVICE_LANGUAGES,
  cardsFor,
  COUNTRIES,
  countryCalled,
  guessedCountry,
  TOPICS
} from '../../../../mobile/ui/state/advice/advice.ts'

/** A card is read in a minute: about 75 words. */
const MAX_LETTERS = 480

test('Every card says what to do and why, in both languages, in a few lines', (t) => {
  for (const country of [null, ...COUNTRIES]) {
    for (const language of ADVICE_LANGUAGES) {
      for (const { topic, title, why, here } of cardsFor(country, language)) {
        const where = `${country?.country ?? 'everywhere'} ${language} ${topic}`
        if (title.length === 0 || title.length > 50) t.fail(`title: ${where}`)
        if (why.length === 0 || why.length > MAX_LETTERS) t.fail(`why: ${where}`)
        if (here !== null && (here.length === 0 || here.length > MAX_LETTERS))
          t.fail(`law: ${where}`)
      }
    }
  }
  t.is(cardsFor(null, 'fr').length, TOPICS.length)
})

test('Nothing is said of a law without naming where that is written', (t) => {
  for (const country of COUNTRIES) {
    for (const card of cardsFor(country, 'en')) {
      if (card.here === null) continue
      t.ok(card.sources.length > 0, `${country.country} ${card.topic}`)
      t.ok(card.sources.every(Boolean), 'each is in the list')
    }
    const used = Object.values(country.additions).flatMap(({ sources }) => sources)
    t.is(new Set(used).size, country.sources.length, `${country.country}: none is named in vain`)
  }
})

test('Without a country only what holds everywhere is shown', (t) => {
  t.ok(cardsFor(null, 'fr').every(({ here, sources }) => here === null && sources.length === 0))
})

test('What to say aloud is there where one is spoken to', (t) => {
  const spoken = cardsFor(null, 'en').filter(({ say }) => say !== undefined)
  const topics = spoken.map(({ topic }) => topic)
  for (const topic of ['asked-to-stop', 'phone', 'arrested'] as const) t.ok(topics.includes(topic))
})

test('The country is guessed by the languages of the device, never by its place', (t) => {
  t.is(guessedCountry(['fr-FR', 'en-US'])!.country, 'fr')
  t.is(guessedCountry(['fr', 'en-GB'])!.country, 'gb')
  t.is(guessedCountry(['zh-Hant-US'])!.country, 'us')
  t.is(guessedCountry(['fr']), null)
  t.is(guessedCountry([]), null)
})

test('A country that is kept is found again, one that is gone is none', (t) => {
  t.is(countryCalled('gb')!.country, 'gb')
  t.is(countryCalled('xx'), null)
  t.is(countryCalled(null), null)
})
