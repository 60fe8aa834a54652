import test from 'brittle'
import { clockText } from '../../../../../mobile/ui/state/film/shown/clock-text.ts'

test('Times are read like a clock', (t) => {
  t.alike([7.9, 754, 3723].map(clockText), ['0:07', '12:34', '1:02:03'])
})
