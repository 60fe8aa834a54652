// Which way of capturing this browser offers, best first (measured in Chromium 156, software encoders):
// H.264 encoded by ourselves keeps its frames under load and its fragments are ours to cut; a recorder's
// MP4 comes in fragments of half a second; VP9 costs twice the processor; WebM loses the rest of a film
// with one lost piece. Never a recorder's MP4 without a key frame interval: nothing comes for seven seconds.

export type Way =
  | { kind: 'encoder'; videoCodec: string }
  | { kind: 'recorder'; mime: string; keyEveryMs: number | null }

const H264 = ['avc1.42e0', 'avc1.4d40', 'avc1.6400']
const VP9 = 'vp09.00'
const RECORDER_MP4 = ['video/mp4;codecs=avc1.42E01F,opus', 'video/mp4;codecs=avc1.42E01F,mp4a.40.2']
const RECORDER_WEBM = ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus']
const RECORDER_AUDIO = ['audio/mp4;codecs=opus', 'audio/webm;codecs=opus']
const RECORDER_KEY_MS = 500

export interface Size {
  width: number
  height: number
}

/**
 * Every way there is, best first; none where this browser cannot film.
 * @param size of the pictures; null for sound alone
 */
export async function waysToCapture(size: Size | null): Promise<Way[]> {
  if (size === null) return [...(await encoders([''], null)), ...recorders(RECORDER_AUDIO)]
  const { h264Level, vp9Level } = levelFor(size)
  const profiles = H264.map((profile) => profile + h264Level)
  const [h264, vp9] = [
    await encoders(profiles, size),
    await encoders([`${VP9}.${vp9Level}.08`], size)
  ]
  return [...h264, ...recorders(RECORDER_MP4), ...vp9, ...recorders(RECORDER_WEBM)]
}

/** @param codecs of the picture; `''` for sound alone */
async function encoders(codecs: readonly string[], size: Size | null): Promise<Way[]> {
  if (!('MediaStreamTrackProcessor' in globalThis) || !(await canEncodeOpus())) return []
  for (const codec of codecs) {
    if (codec === '' || (await canEncode(codec, size!)))
      return [{ kind: 'encoder', videoCodec: codec }]
  }
  return []
}

/** Levels that pictures of this size need at 30 a second: H.264 table A-1 (hex), VP9 (level times ten). */
function levelFor({ width, height }: Size): { h264Level: string; vp9Level: string } {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  if (macroblocks <= 3600) return { h264Level: '1f', vp9Level: '31' }
  if (macroblocks <= 8192) return { h264Level: '28', vp9Level: '40' }
  return { h264Level: '33', vp9Level: '51' }
}

async function canEncode(codec: string, { width, height }: Size): Promise<boolean> {
  if (!('VideoEncoder' in globalThis)) return false
  const pace = { bitrate: 1_500_000, framerate: 30, latencyMode: 'realtime' as const }
  const even = { width: width & ~1, height: height & ~1 }
  const asked = VideoEncoder.isConfigSupported({ codec, ...even, ...pace })
  return (await asked.catch(() => null))?.supported ?? false
}

async function canEncodeOpus(): Promise<boolean> {
  if (!('AudioEncoder' in globalThis)) return false
  const config = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1, bitrate: 48_000 }
  return (await AudioEncoder.isConfigSupported(config).catch(() => null))?.supported ?? false
}

function recorders(mimes: readonly string[]): Way[] {
  if (!('MediaRecorder' in globalThis)) return []
  const mime = mimes.find((each) => MediaRecorder.isTypeSupported(each))
  if (mime === undefined) return []
  const keyEveryMs = mime.startsWith('video/mp4') ? RECORDER_KEY_MS : null
  return [{ kind: 'recorder', mime, keyEveryMs }]
}
