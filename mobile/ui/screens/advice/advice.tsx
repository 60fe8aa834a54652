// Advice and rights: short cards for the evening before, never while this device films; and the drill.

import { state } from '../../engine/engine.ts'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { Page } from '../../components/page.tsx'
import { linkTo } from '../../shell/router.ts'
import type { ScreenProps } from '../../shell/lazy.tsx'
import { isFilmingIn } from '../../state/advice/at-rest.ts'
import { language, t } from '../../words/words.ts'
import './advice.css'
import { Cards } from './cards.tsx'
import { Drill } from './drill/drill.tsx'

export default function Advice({ rest }: ScreenProps) {
  if (isFilmingIn(state.value)) return <WhileFilming />
  if (rest[0] === 'drill') return <Drill />
  return (
    <Page title={t('advice.title')}>
      {!['fr', 'en'].includes(language.value) && <p>{t('advice.english')}</p>}
      <section class="drill-offer">
        <p>{t('advice.drill.offerWhy')}</p>
        <Button wide href={linkTo('advice', 'drill')}>
          {t('advice.drill.offer')}
        </Button>
      </section>
      <Cards />
    </Page>
  )
}

function WhileFilming() {
  return (
    <Page title={t('advice.title')}>
      <Banner kind="info">
        <p>{t('advice.filming')}</p>
        <Button kind="primary" href={linkTo('film')}>
          {t('shell.film')}
        </Button>
      </Banner>
    </Page>
  )
}
