// Pictures of films for lists, made here out of a key fragment: the engine sends no image, and none is
// kept. One at a time, since each needs a decoder and a phone has few.

import type { Key } from '../../../core/api/contract.ts'
import { fetchMedia, stillPath } from '../engine/media.ts'

const WIDTH_PX = 192
const HEIGHT_PX = 108
const MAX_KEPT = 60
/** Longer than a slow phone takes that films meanwhile. */
const DECODE_MS = 30_000

const made = new Map<string, Promise<string | null>>()
let last: Promise<unknown> = Promise.resolve()

/** The address of a picture of that moment; null where there is none (sound only, not to be decoded). */
export function stillOf(recording: Key, at: number): Promise<string | null> {
  const id = `${recording} ${at}`
  const known = made.get(id)
  if (known) return known
  const picture = last
    .then(() => make(recording, at))
    .catch(() => {
      made.delete(id) // the next time it may come
      return null
    })
  last = picture
  made.set(id, picture)
  forgetOldest()
  return picture
}

async function make(recording: Key, at: number): Promise<string | null> {
  const answer = await fetchMedia(stillPath(recording, at))
  const url = URL.createObjectURL(await answer.blob())
  const video = document.createElement('video')
  try {
    video.muted = true
    video.preload = 'auto'
    video.src = url
    await firstPicture(video)
    return await pictureOf(video)
  } finally {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(url)
  }
}

function firstPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No picture came')), DECODE_MS)
    const done = (finish: () => void) => () => (clearTimeout(timer), finish())
    video.onloadeddata = done(resolve)
    video.onerror = done(() => reject(new Error('This browser cannot decode it')))
  })
}

async function pictureOf(video: HTMLVideoElement): Promise<string | null> {
  if (video.videoWidth === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH_PX
  canvas.height = HEIGHT_PX
  const scale = Math.max(WIDTH_PX / video.videoWidth, HEIGHT_PX / video.videoHeight)
  const [width, height] = [video.videoWidth * scale, video.videoHeight * scale]
  const [x, y] = [(WIDTH_PX - width) / 2, (HEIGHT_PX - height) / 2]
  canvas.getContext('2d')!.drawImage(video, x, y, width, height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.7))
  return blob === null ? null : URL.createObjectURL(blob)
}

function forgetOldest(): void {
  for (const [id, picture] of made) {
    if (made.size <= MAX_KEPT) return
    made.delete(id)
    void picture.then((url) => url !== null && URL.revokeObjectURL(url))
  }
}
