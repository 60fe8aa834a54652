// Locks this device at once: one touch, no question, since nothing is lost by it. Nothing where there is no
// passphrase to open it again with.

import { Button } from '../../components/button.tsx'
import { call, slice } from '../../engine/engine.ts'
import { t } from '../../words/words.ts'
import { useAsking } from '../circle/asking.ts'
import { FailureBanner } from '../circle/failure-banner.tsx'

const device = slice('device')

export function LockNow() {
  const { busy, failure, ask } = useAsking()
  if (device.value?.phase !== 'ready' || !device.value.protected) return null
  return (
    <>
      <Button wide disabled={busy} onClick={() => ask(() => call('device.lock', {}))}>
        {t('device.lock')}
      </Button>
      <FailureBanner failure={failure} />
    </>
  )
}
