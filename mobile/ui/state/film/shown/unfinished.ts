// Why the engine has not all of a film that has ended. Pure.

export type Unfinished = 'gone' | 'denied' | 'locked' | 'full' | 'waiting'

/** @param shut the engine takes it once the device is unlocked */
export function whyUnfinished(
  connection: 'connecting' | 'open' | 'lost' | 'denied',
  shut: boolean,
  diskFull: boolean
): Unfinished {
  if (connection === 'denied') return 'denied'
  if (connection !== 'open') return 'gone'
  if (shut) return 'locked'
  return diskFull ? 'full' : 'waiting'
}
