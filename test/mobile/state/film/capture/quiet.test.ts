import test from 'brittle'
import { quietSecondsOf } from '../../../../../mobile/ui/state/film/capture/quiet.ts'

test('A camera is called quiet only after longer than its pieces usually take', (t) => {
  t.is(quietSecondsOf(1200), 0)
  t.is(quietSecondsOf(6000), 6)
})
