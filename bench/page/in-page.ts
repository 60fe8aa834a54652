// What runs inside the pages of the bench. Moments are the page's own clock, or the wall clock where two
// pages of one machine compare.

/** The camera's picture is the time: 20 bits of milliseconds as squares, and once more inverted below. */
const COLUMNS = 10
const BITS = 20
const CLOCK_MS = 2 ** BITS

/**
 * Notes the tap, when the engine first tells of two others that have some of the film, and when one can
 * film. A page that is called `clock` has a camera that shows the time; others have the browser's fake one.
 */
export const HOOKS = `
  window.bench = { tappedAt: null, heldAt: null, readyAt: null, recording: null }
  addEventListener('click', ({ timeStamp }) => (bench.tappedAt ??= timeStamp), true)

  const heard = (message) => {
    const told = message.type === 'state' ? Object.values(message.state.filming) : []
    const changed = (message.changes ?? []).filter(({ slice }) => slice === 'filming')
    for (const film of [...told, ...changed.map(({ value }) => value)]) {
      if (film?.phase !== 'filming') continue
      bench.recording ??= film.recording
      if (film.holders.filter(({ seconds }) => seconds > 0).length >= 2) bench.heldAt ??= performance.now()
    }
  }
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args)
      this.addEventListener('message', ({ data }) => typeof data === 'string' && heard(JSON.parse(data)))
    }
  }

  const look = () => {
    if (document.querySelector('.record:not(:disabled)')) bench.readyAt = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)

  if (window.name === 'clock') {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
    const context = canvas.getContext('2d')
    setInterval(() => {
      const now = Date.now()
      for (let i = 0; i < ${BITS}; i++) {
        const [x, y] = [(i % ${COLUMNS}) * 128, Math.floor(i / ${COLUMNS}) * 180]
        const bit = (now >> i) & 1
        context.fillStyle = bit ? '#fff' : '#000'
        context.fillRect(x, y, 128, 180)
        context.fillStyle = bit ? '#000' : '#fff'
        context.fillRect(x, y + 360, 128, 180)
      }
    }, 1000 / 30)
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async ({ audio }) => {
      const stream = canvas.captureStream(30)
      if (audio) for (const track of (await ask({ audio })).getTracks()) stream.addTrack(track)
      return stream
    }
  }
`

/** Reads the time off the pictures of a page for so long. @returns an expression: how old each was, ms */
export function readClock(ms: number): string {
  return `new Promise((resolve) => {
    const video = document.querySelector('video')
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 16 })
    const context = canvas.getContext('2d', { willReadFrequently: true })
    const ages = []
    const endAt = performance.now() + ${ms}
    const look = () => {
      const now = Date.now()
      context.drawImage(video, 0, 0, 40, 16)
      const { data } = context.getImageData(0, 0, 40, 16)
      const isLight = (x, y) => data[(y * 40 + x) * 4] > 127
      let shown = 0
      let whole = true
      for (let i = 0; i < ${BITS}; i++) {
        const [x, y] = [(i % ${COLUMNS}) * 4 + 2, Math.floor(i / ${COLUMNS}) * 4 + 2]
        if (isLight(x, y)) shown |= 1 << i
        whole &&= isLight(x, y) !== isLight(x, y + 8)
      }
      if (whole) ages.push(((now % ${CLOCK_MS}) - shown + ${CLOCK_MS}) % ${CLOCK_MS})
      if (performance.now() < endAt) video.requestVideoFrameCallback(look)
    }
    video.requestVideoFrameCallback(look)
    setTimeout(() => resolve(ages), ${ms} + 500)
  })`
}

/**
 * What one writes in an afternoon: a MediaRecorder whose pieces are put to each address as they come.
 * @param origins where to
 */
export function uploadPage(origins: string[], mime: string, bitsPerSecond: number): string {
  return `<!doctype html><meta charset="utf-8"><video muted autoplay playsinline></video>
  <button class="record" disabled>Film now</button><script>
  const held = new Set()
  let recorder
  let camera
  const begin = async () => {
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } }
    const wanted = { video: { frameRate: { ideal: 30, max: 30 }, ...size }, audio: true }
    const stream = (camera = await navigator.mediaDevices.getUserMedia(wanted))
    document.querySelector('video').srcObject = stream
    const button = document.querySelector('button')
    button.onclick = () => film(stream)
    button.disabled = false
  }
  const film = (stream) => {
    const how = { mimeType: ${JSON.stringify(mime)}, videoBitsPerSecond: ${bitsPerSecond} }
    recorder = new MediaRecorder(stream, { ...how, videoKeyFrameIntervalDuration: 1000 })
    let pieces = 0
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return
      const piece = pieces++
      for (const origin of ${JSON.stringify(origins)}) void put(origin, piece, data)
    }
    recorder.start(250)
  }
  const put = async (origin, piece, body) => {
    const answer = await fetch(origin + '/' + piece, { method: 'PUT', body })
    await answer.text()
    if (answer.ok && piece === 0) held.add(origin)
    if (held.size === ${origins.length}) bench.heldAt ??= performance.now()
  }
  window.stopFilming = () => {
    recorder.stop()
    for (const track of camera.getTracks()) track.stop()
  }
  void begin()
  </script>`
}

/** Plays what a holder of pieces has and gets, near its end. */
export function watchPage(mime: string): string {
  return `<!doctype html><meta charset="utf-8"><video muted autoplay playsinline></video><script>
  const video = document.querySelector('video')
  const source = new MediaSource()
  video.src = URL.createObjectURL(source)
  source.onsourceopen = async () => {
    const buffer = source.addSourceBuffer(${JSON.stringify(mime)})
    const reader = (await fetch('/live')).body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const taken = new Promise((resolve) => (buffer.onupdateend = resolve))
      buffer.appendBuffer(value)
      await taken
      const ranges = video.buffered
      const end = ranges.length > 0 ? ranges.end(ranges.length - 1) : 0
      if (end - video.currentTime > 1) video.currentTime = end - 0.2
      void video.play()
    }
  }
  </script>`
}
