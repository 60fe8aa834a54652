// The camera and the microphone of this device: opened as soon as the film screen is seen, so that a tap
// films at once; closed when it is left. Must never: run while nobody sees that it does.

import { signal } from '@preact/signals'

export type Facing = 'environment' | 'user'
export type CaptureMode = 'video' | 'audio' | 'photo'
/** `denied`: the person or the system said no. `busy`: another program has it. */
export type CameraState = 'off' | 'opening' | 'open' | 'denied' | 'none' | 'busy' | 'unsupported'

export class Camera {
  readonly state = signal<CameraState>('off')
  readonly stream = signal<MediaStream | null>(null)
  readonly facing = signal<Facing>('environment')
  /** There is sound; films go on without it. */
  readonly hasSound = signal(true)
  #wanted = 0

  /** Opens, or opens anew with other wishes. Failure is a state. */
  async open(mode: CaptureMode): Promise<void> {
    const wanted = ++this.#wanted
    this.#release()
    this.state.value = 'opening'
    const opened = await this.#ask(mode).catch((err: unknown) => stateOf(err))
    if (wanted !== this.#wanted) return typeof opened === 'string' ? undefined : stopAll(opened)
    if (typeof opened === 'string') {
      this.state.value = opened
      return
    }
    this.hasSound.value = opened.getAudioTracks().length > 0
    this.stream.value = opened
    this.state.value = 'open'
  }

  /** A microphone for what is open; false where there is none to be had. The picture goes on. */
  async renewSound(): Promise<boolean> {
    const stream = this.stream.value
    const wanted = this.#wanted
    if (stream === null) return false
    const found = await navigator.mediaDevices.getUserMedia({ audio: SOUND }).catch(() => null)
    if (found === null) return false
    if (wanted !== this.#wanted) stopAll(found)
    else this.stream.value = new MediaStream([...stream.getVideoTracks(), ...found.getTracks()])
    return wanted === this.#wanted
  }

  close(): void {
    this.#wanted++
    this.#release()
    this.state.value = 'off'
  }

  async turnAround(mode: CaptureMode): Promise<void> {
    this.facing.value = this.facing.value === 'environment' ? 'user' : 'environment'
    await this.open(mode)
  }

  /** With sound where there may be: a film without it is better than none. */
  async #ask(mode: CaptureMode): Promise<MediaStream> {
    const devices = navigator.mediaDevices as MediaDevices | undefined
    if (devices === undefined) throw new DOMException('', 'NotSupportedError')
    const video = mode === 'audio' ? false : pictureOf(mode, this.facing.value)
    const audio = mode === 'photo' ? false : SOUND
    try {
      return await devices.getUserMedia({ video, audio })
    } catch (err) {
      if (video === false || audio === false) throw err
      return devices.getUserMedia({ video })
    }
  }

  #release(): void {
    if (this.stream.value) stopAll(this.stream.value)
    this.stream.value = null
  }
}

/** As it was, not as a call would like it: what is evidence is not to be cleaned. */
const SOUND: MediaTrackConstraints = { echoCancellation: false, noiseSuppression: false }

function pictureOf(mode: CaptureMode, facing: Facing): MediaTrackConstraints {
  const [width, height] = mode === 'photo' ? [1920, 1080] : [1280, 720]
  const size = { width: { ideal: width }, height: { ideal: height } }
  return { facingMode: facing, frameRate: { ideal: 30, max: 30 }, ...size }
}

function stateOf(err: unknown): CameraState {
  const name = err instanceof DOMException ? err.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  return name === 'NotSupportedError' ? 'unsupported' : 'busy'
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
