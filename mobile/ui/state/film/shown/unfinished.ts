// Why the engine has not all of a film that has ended. Pure.

export type Unfinished = 'gone' | 'denied' | 'full' | 'waiting'

export function whyUnfinished(
  connection: 'connecting' | 'open' | 'lost' | 'denied',
  diskFull: boolean
): Unfinished {
  if (connection === 'denied') return 'denied'
  if (connection !== 'open') return 'gone'
  return diskFull ? 'full' : 'waiting'
}
