// Says on every screen that the engine is away, and when it is back stays silent.

import { Banner } from '../components/banner.tsx'
import { connection } from '../engine/engine.ts'
import { t } from '../words/words.ts'

export function EngineBanner() {
  if (connection.value === 'open' || connection.value === 'connecting') return null
  return (
    <Banner kind="danger">
      <p>{t('shell.engineGone')}</p>
    </Banner>
  )
}
