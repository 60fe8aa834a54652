// Reads codes from the camera: a frame at a time, drawn small, decoded by the qr package. Fetched with
// the join screen only. Must never: keep a frame, or let the camera run when nobody scans.

import decodeQR from 'qr/decode.js'

/** A code of an invite has some 60 dots across: ten pixels each are enough, and fast on a phone. */
const MAX_PIXELS_ACROSS = 800
/** Between two frames: decoding one without a code takes up to a fifth of a second on a slow phone. */
const PAUSE_MS = 100

export class CodeReader {
  readonly #video: HTMLVideoElement
  readonly #onText: (text: string) => void
  readonly #canvas = document.createElement('canvas')
  #stream: MediaStream | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(video: HTMLVideoElement, onText: (text: string) => void) {
    this.#video = video
    this.#onText = onText
  }

  /** @throws where there is no camera, or it is not allowed */
  async start(): Promise<void> {
    const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }
    this.#stream = await navigator.mediaDevices.getUserMedia({ video })
    if (this.#stopped) return this.stop()
    this.#video.srcObject = this.#stream
    await this.#video.play()
    this.#look()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    this.#video.srcObject = null
  }

  readonly #look = (): void => {
    if (this.#stopped) return
    const text = this.#textInFrame()
    if (text !== null) this.#onText(text)
    this.#timer = setTimeout(this.#look, PAUSE_MS)
  }

  #textInFrame(): string | null {
    const { videoWidth, videoHeight } = this.#video
    if (videoWidth === 0) return null
    const scale = Math.min(1, MAX_PIXELS_ACROSS / Math.max(videoWidth, videoHeight))
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)]
    Object.assign(this.#canvas, { width, height })
    const context = this.#canvas.getContext('2d', { willReadFrequently: true })!
    context.drawImage(this.#video, 0, 0, width, height)
    try {
      return decodeQR(context.getImageData(0, 0, width, height))
    } catch {
      return null // no code in this frame
    }
  }
}
