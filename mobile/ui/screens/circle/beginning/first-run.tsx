// Somebody without a circle: why one, one clear next step, and the other way in. Never a dead end.

import { Button } from '../../../components/button.tsx'
import { Page } from '../../../components/page.tsx'
import { t } from '../../../words/words.ts'
import { linkIn } from '../links.ts'

export function FirstRun() {
  return (
    <Page title={t('circle.first.title')}>
      <p class="lead">{t('circle.first.why')}</p>
      <div class="ways">
        <Button kind="primary" wide href={linkIn('new')}>
          {t('circle.first.invite')}
        </Button>
        <Button wide href={linkIn('join')}>
          {t('circle.first.join')}
        </Button>
      </div>
    </Page>
  )
}
