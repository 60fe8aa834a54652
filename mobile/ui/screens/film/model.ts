// The film screen's one state: camera, film, what became of the last one. Lives as long as the page, so that
// a film goes on whatever screen is shown.

import { computed, effect, signal } from '@preact/signals'
import type { CircleState, FilmingState, Key } from '../../../../core/api/contract.ts'
import { battery, followBattery } from '../../capture/device/battery.ts'
import { Camera, type CaptureMode } from '../../capture/device/camera.ts'
import { CaptureHub } from '../../capture/capture-hub.ts'
import { FilmSession } from '../../capture/film-session.ts'
import { followPlace } from '../../capture/device/places.ts'
import { DeviceWatch } from '../../capture/device/watch-device.ts'
import { connection, slice, state } from '../../engine/engine.ts'
import { kept } from '../../shell/kept.ts'
import { faceOf } from '../../state/device/face.ts'
import { bannersFor, type BannerState } from '../../state/film/shown/banners.ts'
import {
  circlesToFilmIn,
  circleToFilmIn,
  nextCircle
} from '../../state/film/shown/circle-choice.ts'
import { FIRST_STEP, STEPS } from '../../state/film/uplink/bitrate.ts'
import { asPlaceChoice } from '../../state/film/capture/place.ts'
import { safetyOf, vibrationFor, type Safety } from '../../state/film/shown/safety.ts'

export type FilmView = 'ready' | 'filming' | 'ending' | 'after'

/** Held in memory before the tap, where that is switched on. */
export const RING_MS = 30_000
/** A photo is the sharpest second there is: one that can be proven like any film. */
const PHOTO = { bitsPerSecond: 8_000_000, framesPerSecond: 10 }
const PHOTO_SECONDS = 0.7
/** So long the end waits for the engine before it says that the engine has not all. */
const PATIENCE_MS = 2000
const QUIET: Safety = { kind: 'starting', level: 'none', copies: 0, behindSeconds: 0 }

export const camera = new Camera()
export const view = signal<FilmView>('ready')
/** Shown above everything else: a film that goes on unseen is worse than none. */
export const isFilming = computed(() => view.value === 'filming' || view.value === 'ending')
export const mode = signal<CaptureMode>(asMode(kept.read('mode')))
/** Black screen while filming. */
export const pocket = signal(false)
/** This browser cannot film in any way. */
export const unable = signal(false)
const circles = slice('circles')
const chosenCircle = signal<Key | null>(null)
/** Circles to film in, the best first. */
export const filmCircles = computed<CircleState[]>(() => circlesToFilmIn(circles.value))
/** The one the next film is made in; null where the engine makes one. Chosen for as long as the page lives. */
export const filmCircle = computed(() => circleToFilmIn(filmCircles.value, chosenCircle.value))

/** The film that runs, or ran last. */
export const session = signal<FilmSession | null>(null)
/** Films that have ended here and that the engine has not all of: in this page's memory, and nowhere else. */
export const unfinished = signal<FilmSession[]>([])

const disk = slice('disk')
const isWiped = computed(() => faceOf(state.value) === 'wiped')
const watch = signal<DeviceWatch | null>(null)
let hub: CaptureHub | null = null
let ends: (() => void)[] = []
let wantsNow = false

/** What the engine says of the film, its last word kept when it forgets it. */
let lastFilming: FilmingState | null = null
export const filming = computed<FilmingState | null>(() => {
  lastFilming = session.value?.filming.value ?? (session.value === null ? null : lastFilming)
  return lastFilming
})

export const safety = computed<Safety>(() => {
  const film = session.value
  if (film === null) return QUIET
  const captured = { ...film.stats.value, quietSeconds: film.quietSeconds.value }
  return safetyOf(filming.value, captured, connection.value === 'open')
})

export const banners = computed<BannerState[]>(() => {
  const [film, device] = [session.value, watch.value]
  if (film === null || device === null) return []
  return bannersFor({
    connected: connection.value === 'open',
    refused: film.refused.value !== null && !isShut(film),
    locked: isShut(film),
    denied: connection.value === 'denied',
    cutOff: circles.value?.[filming.value?.circle ?? '']?.state === 'cut-off',
    diskFull: (disk.value?.full ?? false) || film.failure.value === 'STORAGE_FULL',
    cameraLost:
      device.cameraLost.value ||
      film.failure.value === 'CAPTURE_FAILED' ||
      film.quietSeconds.value > 0,
    microphoneLost:
      film.mode !== 'photo' && (device.microphoneLost.value || !camera.hasSound.value),
    hidden: device.hidden.value,
    droppedUs: film.stats.value.droppedUs,
    batteryPercent: battery.value.percent,
    charging: battery.value.charging,
    clockJumped: device.clockJumped.value,
    droppedFrames: film.droppedLately.value,
    lowQuality: film.step.value <= 1
  })
})

/**
 * A page that goes takes with it what only it has: it asks before, and goes where somebody insists. Not after a
 * panic: then it is to go.
 */
effect(() => {
  const isNeeded = !isWiped.value && (isFilming.value || unfinished.value.length > 0)
  if (isNeeded) addEventListener('beforeunload', askToStay)
  else removeEventListener('beforeunload', askToStay)
})

/** Before the tap, seconds held in memory; 0 where nothing is. */
export const ringSeconds = signal(0)

/**
 * The film screen is shown: ready for the next film, unless this page still has some of the last one. Who holds
 * that, and up to where, stands in the list of films.
 */
export function arrive(): void {
  void followBattery()
  const isDone = view.value === 'after' && unfinished.value.length === 0
  if (isDone) again()
  else if (view.value === 'ready') void openCamera()
}

/** The shortcut: whatever the screen says of an earlier film, this is another. */
export function filmNow(): void {
  if (view.value === 'after') again()
  film()
}

/** Another screen, or none, is shown: the camera rests, unless it films. */
export function leave(): void {
  wantsNow = false // a tap of then begins no film of later
  if (isFilming.value) return
  hub?.close()
  hub = null
  ringSeconds.value = 0
  camera.close()
}

export async function openCamera(): Promise<void> {
  hub?.close()
  ringSeconds.value = 0
  const made = (hub = new CaptureHub(mode.value === 'photo' ? PHOTO : STEPS[FIRST_STEP]!))
  made.onMessage = (message) => {
    if (message.type === 'stats') ringSeconds.value = message.stats.ringSeconds
  }
  await camera.open(mode.value)
  const stream = camera.stream.value
  if (stream === null || hub !== made) return
  const ringMs = kept.read('before') === 'on' && mode.value !== 'photo' ? RING_MS : 0
  unable.value = await made.prepare(stream, ringMs).then(
    () => false,
    () => true
  )
  if (wantsNow && hub === made) film()
}

export function changeCircle(): void {
  chosenCircle.value = nextCircle(filmCircles.value, filmCircle.value)
}

export function chooseMode(wanted: CaptureMode): void {
  mode.value = wanted
  kept.write('mode', wanted)
  void openCamera()
}

export async function turnAround(): Promise<void> {
  camera.facing.value = camera.facing.value === 'environment' ? 'user' : 'environment'
  await openCamera()
}

/** The tap. Where the camera is not open yet, as soon as it is. */
export function film(): void {
  wantsNow = camera.state.value !== 'open' || hub?.way == null
  if (wantsNow && camera.state.value !== 'opening') void openCamera()
  if (wantsNow || hub === null || isFilming.value) return
  const keepReadable = kept.read('readable') === 'on'
  const preEventMs = Math.round(ringSeconds.value * 1000)
  const circle = (): Key | null => filmCircle.peek()
  const made = new FilmSession({ hub, mode: mode.value, preEventMs, keepReadable, circle })
  const device = new DeviceWatch(made, camera, hub)
  session.value = made
  watch.value = device
  view.value = 'filming'
  made.start()
  device.open()
  ends = [
    followPlace(made, asPlaceChoice(kept.read('place'))),
    followVibration(),
    () => device.close()
  ]
  if (mode.value === 'photo') ends.push(stopAfter(made, PHOTO_SECONDS))
}

export async function stop(): Promise<void> {
  const ending = session.value
  if (ending === null || view.value !== 'filming') return
  view.value = 'ending'
  pocket.value = false
  for (const end of ends.splice(0)) end()
  const capturing = hub
  hub = null // it closes itself when the engine has all of it
  await ending.stop()
  watch.value = null
  capturing?.release()
  camera.close()
  unfinished.value = [...unfinished.value, ending]
  void ending.finished.then(() => {
    unfinished.value = unfinished.value.filter((each) => each !== ending)
  })
  await Promise.race([ending.over, delay(PATIENCE_MS)])
  view.value = 'after'
}

export function again(): void {
  view.value = 'ready'
  session.value = null
  void openCamera()
}

function followVibration(): () => void {
  let before = QUIET
  return effect(() => {
    const now = safety.value
    const pattern = vibrationFor(before, now)
    before = now
    if (pattern.length > 0 && navigator.userActivation?.hasBeenActive !== false)
      navigator.vibrate?.(pattern)
  })
}

/** Its engine takes no film before somebody has unlocked the device. */
export function isShut({ refused }: FilmSession): boolean {
  return refused.value === 'DEVICE_LOCKED'
}

function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function stopAfter(film: FilmSession, seconds: number): () => void {
  return effect(() => {
    if (film.stats.value.seconds >= seconds) void Promise.resolve().then(stop)
  })
}

function asMode(name: string | null): CaptureMode {
  return name === 'audio' || name === 'photo' ? name : 'video'
}
