// What a person sets: what shuts this device, and once, language, appearance, and what films hold and betray.

import { useState } from 'preact/hooks'
import { Choice } from '../../components/field.tsx'
import { kept, type KeptName } from '../../shell/kept.ts'
import { chooseTheme, theme, type Theme } from '../../shell/theme.ts'
import type { PlaceChoice } from '../../state/film/capture/place.ts'
import { state } from '../../engine/engine.ts'
import { faceOf } from '../../state/device/face.ts'
import type { ScreenProps } from '../../shell/lazy.tsx'
import { Passphrase } from '../device/passphrase.tsx'
import { DevicePart } from '../device/device-part.tsx'
import { chooseLanguage, language, LANGUAGES, t, type Language } from '../../words/words.ts'

const PLACES: PlaceChoice[] = ['off', 'coarse', 'exact']
const ON_OR_OFF = ['off', 'on'] as const

export default function Settings({ rest }: ScreenProps) {
  const isPassphrase = rest[0] === 'passphrase' && faceOf(state.value) === 'open'
  return isPassphrase ? <Passphrase /> : <All />
}

function All() {
  const languages = Object.entries(LANGUAGES) as [Language, string][]
  const themes: Theme[] = ['system', 'dark', 'light']
  return (
    <div class="page">
      <h1>{t('settings.title')}</h1>
      <DevicePart />
      <Choice
        legend={t('settings.language')}
        name="language"
        value={language.value}
        options={languages.map(([value, label]) => ({ value, label }))}
        onChoose={(value) => void chooseLanguage(value)}
      />
      <Choice
        legend={t('settings.theme')}
        name="theme"
        value={theme.value}
        options={themes.map((value) => ({ value, label: t(`settings.theme-${value}`) }))}
        onChoose={chooseTheme}
      />
      <Kept
        legend={t('settings.place')}
        name="place"
        options={PLACES.map((value) => ({ value, label: t(`settings.place-${value}`) }))}
      />
      <p class="field-note">{t('settings.place-note')}</p>
      <Kept
        legend={t('settings.before')}
        name="before"
        options={ON_OR_OFF.map((value) => ({ value, label: t(`settings.before-${value}`) }))}
      />
      <p class="field-note">{t('settings.before-note')}</p>
      <Kept
        legend={t('settings.readable')}
        name="readable"
        options={ON_OR_OFF.map((value) => ({ value, label: t(`settings.readable-${value}`) }))}
      />
      <p class="field-note">{t('settings.readable-note')}</p>
    </div>
  )
}

interface KeptProps {
  legend: string
  name: KeptName
  /** The first holds where nothing was chosen. */
  options: readonly { value: string; label: string }[]
}

/** A choice that the film screen reads where it needs it. */
function Kept({ legend, name, options }: KeptProps) {
  const [chosen, choose] = useState(kept.read(name))
  const value = options.some((option) => option.value === chosen) ? chosen! : options[0]!.value
  return (
    <Choice
      legend={legend}
      name={name}
      value={value}
      options={options}
      onChoose={(wanted) => {
        kept.write(name, wanted)
        choose(wanted)
      }}
    />
  )
}
