// In place of what shows films and people, where the device is not there yet, or could be neither opened nor
// wiped: never as though nobody had ever been in a circle here.

import { Banner } from '../../components/banner.tsx'
import { Page } from '../../components/page.tsx'
import { state } from '../../engine/engine.ts'
import { t } from '../../words/words.ts'
import { PanicButton } from '../panic/panic-dialog.tsx'

export default function NotReady() {
  const failure = state.value?.device.failure ?? null
  return (
    <Page title={t('device.title')}>
      {failure === null ? (
        <p role="status">{t('device.waiting')}</p>
      ) : (
        <>
          <Banner kind="danger">
            <p>{t('device.failed', { message: failure.message })}</p>
          </Banner>
          <PanicButton />
        </>
      )}
    </Page>
  )
}
