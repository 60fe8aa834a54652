// What a locked device shows where films, names and members would be: why not, the field that opens it, and
// the way to wipe it, which asks for no passphrase.

import { Page } from '../../components/page.tsx'
import { state } from '../../engine/engine.ts'
import { t } from '../../words/words.ts'
import '../circle/circle.css'
import { PanicButton } from '../panic/panic-dialog.tsx'
import { UnlockForm } from './unlock-form.tsx'

export default function Locked() {
  return (
    <Page title={t('locked.title')}>
      <p>{t(state.value?.device.phase === 'sealed' ? 'locked.sealed' : 'locked.note')}</p>
      <UnlockForm />
      <div class="panic-apart">
        <PanicButton />
      </div>
    </Page>
  )
}
