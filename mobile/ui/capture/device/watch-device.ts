// What happens to the device while it films, said to the engine at once: hidden, camera taken away, line
// lost, battery, place. Starts again what it can. Each `on` has its `off`.

import { effect, signal } from '@preact/signals'
import { call } from '../../engine/engine.ts'
import type { StatusKind } from '../../../../core/api/contract.ts'
import { battery } from './battery.ts'
import type { Camera } from './camera.ts'
import type { CaptureHub } from '../capture-hub.ts'
import type { FilmSession } from '../film-session.ts'

const REOPEN_MS = 1000
const CLOCK_MS = 1000
/** A clock that runs this far from where it should be was set. */
const JUMP_MS = 2000
/** Long enough to be read by somebody who films. */
const SEEN_MS = 8000
const LOW_PERCENT = 15
const EXPLAINS_MS = 3000
/** A muted track is one that a call, or the system, has taken. */
const MUTED_MS = 500

export class DeviceWatch {
  /** Now, or a moment ago: nobody reads what is said on a screen that is not seen. */
  readonly hidden = signal(false)
  readonly cameraLost = signal(false)
  readonly microphoneLost = signal(false)
  readonly clockJumped = signal(false)
  readonly #session: FilmSession
  readonly #camera: Camera
  readonly #hub: CaptureHub
  #lostAtMs: number | null = null
  #closing = false
  #reopening: Promise<void> | null = null
  #ends: (() => void)[] = []
  readonly #watched = new WeakSet<MediaStreamTrack>()
  #dropped = false
  #batteryLow = false
  #shown: ReturnType<typeof setTimeout> | undefined
  #explained: ReturnType<typeof setTimeout> | undefined
  #lock: WakeLockSentinel | null = null

  constructor(session: FilmSession, camera: Camera, hub: CaptureHub) {
    this.#session = session
    this.#camera = camera
    this.#hub = hub
  }

  open(): void {
    this.#on(document, 'visibilitychange', () => this.#onVisibility())
    this.#on(window, 'offline', () => this.#status('network-lost'))
    this.#on(window, 'online', () => this.#status('network-back'))
    this.#ends.push(effect(() => this.#onBattery(battery.value.percent)))
    this.#ends.push(effect(() => this.#onDropped(this.#session.droppedLately.value)))
    this.#watchClock()
    this.#watchTracks()
    void this.#keepAwake()
  }

  close(): void {
    this.#closing = true
    for (const end of this.#ends) end()
    clearTimeout(this.#shown)
    this.#letSleep()
  }

  #letSleep(): void {
    void this.#lock?.release().catch(() => {})
  }

  #onVisibility(): void {
    const hidden = document.visibilityState === 'hidden'
    clearTimeout(this.#shown)
    if (hidden) this.hidden.value = true
    else this.#shown = setTimeout(() => (this.hidden.value = false), SEEN_MS)
    this.#status(hidden ? 'hidden' : 'shown')
    if (!this.cameraLost.value) this.#because(hidden ? 'hidden' : null)
    if (!hidden) void this.#keepAwake()
  }

  /** The system lets go of it whenever the page is hidden. */
  async #keepAwake(): Promise<void> {
    this.#lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    if (this.#closing) this.#letSleep()
  }

  #watchTracks(): void {
    for (const track of this.#camera.stream.value?.getTracks() ?? []) {
      if (this.#watched.has(track)) continue
      this.#watched.add(track)
      const lost = (): void => void this.#onLost(track)
      this.#on(track, 'ended', lost)
      this.#on(track, 'mute', () => setTimeout(() => track.muted && lost(), MUTED_MS))
      this.#on(track, 'unmute', () => this.#onBack(track))
    }
  }

  async #onLost(track: MediaStreamTrack): Promise<void> {
    if (this.#closing) return
    if (!this.#isVital(track)) return this.#onSoundLost(track)
    if (this.#lostAtMs === null) this.#status('camera-lost')
    this.#lostAtMs ??= performance.now()
    this.cameraLost.value = true
    this.#because(track.readyState === 'ended' ? 'camera-lost' : 'camera-muted')
    if (track.readyState === 'ended') await (this.#reopening ??= this.#reopen())
  }

  #onBack(track: MediaStreamTrack): void {
    if (this.#closing) return
    if (!this.#isVital(track)) this.#onSoundBack()
    else if (this.#lostAtMs !== null && track.readyState === 'live') this.#found()
  }

  /** Without it there is no film; sound that is back says nothing of the picture. */
  #isVital({ kind }: MediaStreamTrack): boolean {
    return kind === 'video' || this.#session.mode === 'audio'
  }

  async #onSoundLost(track: MediaStreamTrack): Promise<void> {
    if (!this.microphoneLost.value) this.#status('sound-lost')
    this.microphoneLost.value = true
    while (track.readyState === 'ended' && this.microphoneLost.value && !this.#closing) {
      if (!this.cameraLost.value && (await this.#camera.renewSound())) {
        this.#hub.resume(this.#camera.stream.value!)
        this.#watchTracks()
        this.#onSoundBack()
      } else await delay(REOPEN_MS)
    }
  }

  #onSoundBack(): void {
    if (this.microphoneLost.value) this.#status('sound-back')
    this.microphoneLost.value = false
  }

  /** Again and again until it is back, or the film is over. */
  async #reopen(): Promise<void> {
    while (!this.#closing) {
      await this.#camera.open(this.#session.mode)
      const stream = this.#camera.stream.value
      if (stream !== null && !this.#closing) {
        this.#hub.resume(stream, this.#awayUs(), 'camera-lost')
        this.#lostAtMs = null
        this.#watchTracks()
        if (stream.getAudioTracks().length > 0) this.#onSoundBack()
        this.#reopening = null
        this.#found()
        return
      }
      await delay(REOPEN_MS)
    }
  }

  #found(): void {
    if (this.#lostAtMs !== null) this.#hub.gap(this.#awayUs(), 'camera-muted')
    this.#lostAtMs = null
    this.cameraLost.value = false
    this.#status('camera-back')
    this.#because(null)
  }

  /** What is over still explains the first that comes. */
  #because(reason: string | null): void {
    clearTimeout(this.#explained)
    if (reason !== null) this.#hub.because(reason)
    else this.#explained = setTimeout(() => this.#hub.because(null), EXPLAINS_MS)
  }

  #awayUs(): number {
    const lostAtMs = this.#lostAtMs ?? performance.now()
    return Math.round((performance.now() - lostAtMs) * 1000)
  }

  #onBattery(percent: number | null): void {
    if (this.#session.handle.value === null || percent === null) return
    this.#session.tell((filming) => call('film.battery', { filming, percent }))
    if (percent <= LOW_PERCENT && !this.#batteryLow) this.#status('battery-low')
    this.#batteryLow = percent <= LOW_PERCENT
  }

  /** Once for each time that the encoder does not follow, not for each picture. */
  #onDropped(lately: number): void {
    if (lately > 0 && !this.#dropped) this.#status('pictures-dropped')
    this.#dropped = lately > 0
  }

  #watchClock(): void {
    let expectedMs = Date.now() - performance.now()
    const timer = setInterval(() => {
      const found = Date.now() - performance.now()
      if (Math.abs(found - expectedMs) > JUMP_MS) {
        this.clockJumped.value = true
        this.#status('clock-changed')
      }
      expectedMs = found
    }, CLOCK_MS)
    this.#ends.push(() => clearInterval(timer))
  }

  #status(status: StatusKind): void {
    this.#session.happened(status)
  }

  #on(target: EventTarget, name: string, listener: () => void): void {
    target.addEventListener(name, listener)
    this.#ends.push(() => target.removeEventListener(name, listener))
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
