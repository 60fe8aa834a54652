// The battery, where the browser tells it; null where it does not.

import { signal } from '@preact/signals'

export interface BatteryState {
  percent: number | null
  charging: boolean
}

interface BatteryManager extends EventTarget {
  level: number
  charging: boolean
}

export const battery = signal<BatteryState>({ percent: null, charging: false })

/** Follows it from now on. */
export async function followBattery(): Promise<void> {
  const ask = (navigator as { getBattery?: () => Promise<BatteryManager> }).getBattery
  const manager = await ask?.call(navigator).catch(() => null)
  if (!manager) return
  const read = (): void => {
    battery.value = { percent: Math.round(manager.level * 100), charging: manager.charging }
  }
  manager.addEventListener('levelchange', read)
  manager.addEventListener('chargingchange', read)
  read()
}
