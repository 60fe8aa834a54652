// Who has how much of a recording, as events show it.

import type { Holder } from '../../core/device/facts/holders.ts'
import { isoText, keyText, rounded } from '../output/units.ts'

/** As events show it. */
export function holderFields(holder: Holder) {
  const { device, length, receipts, seconds, atMs, online, leavesAtMs, full } = holder
  return {
    device: keyText(device),
    length,
    receipts,
    seconds: seconds === null ? null : rounded(seconds),
    at: atMs === null ? null : isoText(atMs),
    online,
    leavesAt: leavesAtMs === null ? null : isoText(leavesAtMs),
    full
  }
}
