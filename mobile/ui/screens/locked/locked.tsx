// What a locked device shows where films, names and members would be: why not, and the field that opens it.

import { Page } from '../../components/page.tsx'
import { state } from '../../engine/engine.ts'
import { t } from '../../words/words.ts'
import '../circle/circle.css'
import { UnlockForm } from './unlock-form.tsx'

export default function Locked() {
  return (
    <Page title={t('locked.title')}>
      <p>{t(state.value?.device.phase === 'sealed' ? 'locked.sealed' : 'locked.note')}</p>
      <UnlockForm />
    </Page>
  )
}
