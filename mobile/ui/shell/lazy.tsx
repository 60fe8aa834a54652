// A screen that is fetched when it is first shown, so that the film screen is there at once.

import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { whenSure } from '../engine/engine.ts'
import { t } from '../words/words.ts'

export interface ScreenProps {
  /** What stands in the address behind the screen's name. */
  rest: string[]
}

type Screen = ComponentType<ScreenProps>
type Load = () => Promise<{ default: Screen }>

/** Draws nothing while the code comes (it lies on this device), and says it where it does not. */
export function lazy(load: Load): Screen {
  let loaded: Screen | null = null
  return function Lazy(props: ScreenProps) {
    const [state, setState] = useState<Screen | 'coming' | 'failed'>(() => loaded ?? 'coming')
    useEffect(() => {
      if (state !== 'coming') return
      whenSure()
        .then(load)
        .then(
          (module) => setState(() => (loaded = module.default)),
          () => setState('failed')
        )
    }, [state])
    if (state === 'coming') return <div class="page" aria-busy="true" />
    if (state === 'failed') return <Failed again={() => setState('coming')} />
    const Loaded = state
    return <Loaded {...props} />
  }
}

function Failed({ again }: { again: () => void }) {
  return (
    <div class="page">
      <Banner kind="danger">
        <p>{t('shell.notLoaded')}</p>
        <Button onClick={again}>{t('shell.again')}</Button>
      </Banner>
    </div>
  )
}
