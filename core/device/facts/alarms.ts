// The alarms of circles as screens show them: the same about the same gathered into one.

import z32 from 'z32'
import { keptOf } from '../../exchange/alarms/alarm-policy.ts'
import type { RaisedAlarm } from '../../exchange/alarms/alarms.ts'
import type { Exchange } from '../../exchange/exchange.ts'

export interface Gathered {
  /** The newest of them. */
  alarm: RaisedAlarm
  exchange: Exchange
  times: number
}

/**
 * What is kept, the same about the same device gathered into one; of too many the oldest of whoever says
 * most are left out, so that nobody takes up the screen. By time, as claimed.
 */
export function gathered(exchanges: readonly Exchange[], most: number): Gathered[] {
  const groups = new Map<string, Gathered>()
  for (const exchange of exchanges) {
    for (const alarm of exchange.alarms.all) {
      const { alarm: kind, by, device } = alarm
      const id = [z32.encode(exchange.circle.id), kind, z32.encode(by), z32.encode(device)].join(
        ' '
      )
      const times = 1 + (groups.get(id)?.times ?? 0)
      groups.delete(id)
      groups.set(id, { alarm, exchange, times })
    }
  }
  const all = [...groups.values()].map((group) => ({ by: group.alarm.by, ...group }))
  return keptOf(all, most).sort((a, b) => a.alarm.atMs - b.alarm.atMs)
}
