// What a person who films must know besides how safe it is: the gravest first, and no more than fits. Pure.

export type BannerName =
  | 'engine-gone'
  | 'engine-denied'
  | 'cut-off'
  | 'locked'
  | 'refused'
  | 'disk-full'
  | 'camera-lost'
  | 'microphone-lost'
  | 'hidden'
  | 'memory-full'
  | 'battery-low'
  | 'clock-jumped'
  | 'frames-dropped'
  | 'quality-low'

export interface Conditions {
  connected: boolean
  /** The engine is there, and is one that does not know this page: it began anew. */
  denied: boolean
  /** The engine takes no film of this page: not for want of room, and not only now. */
  refused: boolean
  /** The engine takes it once somebody has unlocked the device. */
  locked: boolean
  /** The circle of this film has cut this device off: nobody takes more of it. */
  cutOff: boolean
  diskFull: boolean
  cameraLost: boolean
  microphoneLost: boolean
  /** The page is, or was a moment ago, not shown: the system may have stopped the camera. */
  hidden: boolean
  /** Media time given up, because the engine was away for too long. */
  droppedUs: number
  batteryPercent: number | null
  charging: boolean
  clockJumped: boolean
  /** Pictures of the last seconds that the encoder had no time for. */
  droppedFrames: number
  lowQuality: boolean
}

export interface BannerState {
  name: BannerName
  kind: 'danger' | 'warn'
}

const MAX_SHOWN = 2

export function bannersFor(now: Conditions): BannerState[] {
  const all: [boolean, BannerName, BannerState['kind']][] = [
    [now.locked, 'locked', 'danger'],
    [now.refused, 'refused', 'danger'],
    [now.cutOff, 'cut-off', 'danger'],
    [now.diskFull, 'disk-full', 'danger'],
    [now.denied, 'engine-denied', 'danger'],
    [!now.connected && !now.denied, 'engine-gone', 'danger'],
    [now.cameraLost, 'camera-lost', 'danger'],
    [now.hidden, 'hidden', 'danger'],
    [now.microphoneLost, 'microphone-lost', 'warn'],
    [now.droppedUs > 0, 'memory-full', 'warn'],
    [isLow(now), 'battery-low', 'warn'],
    [now.clockJumped, 'clock-jumped', 'warn'],
    [now.droppedFrames > 15, 'frames-dropped', 'warn'],
    [now.lowQuality && !isLow(now), 'quality-low', 'warn']
  ]
  return all
    .filter(([holds]) => holds)
    .slice(0, MAX_SHOWN)
    .map(([, name, kind]) => ({ name, kind }))
}

function isLow({ batteryPercent, charging }: Conditions): boolean {
  return batteryPercent !== null && batteryPercent <= 15 && !charging
}
