// What happens to a page that films, in the test's hand: its connections cut, its camera taken, its clock
// set, its screen left.

import type { Page, Worker } from 'playwright-core'
import { eventually } from '../eventually.ts'
import { told } from './told.ts'

/** To be run before anything of the page does. */
export const IN_OUR_HAND = `{
  globalThis.sockets = []
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args)
      sockets.push(this)
    }
  }
  if (globalThis.document !== undefined) {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    const taken = { video: false, audio: false }
    const last = {}
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const refused = (taken.video && wanted.video) || (taken.audio && wanted.audio)
      if (refused) throw new DOMException('taken', 'NotReadableError')
      const stream = await ask(wanted)
      for (const track of stream.getTracks()) last[track.kind] = track
      return stream
    }
    const clones = []
    const clone = MediaStreamTrack.prototype.clone
    MediaStreamTrack.prototype.clone = function () {
      const made = clone.call(this)
      clones.push(made)
      return made
    }
    globalThis.take = (kind) => {
      taken[kind] = true
      for (const track of [...clones, last[kind]]) if (track.kind === kind) track.stop()
      last[kind].dispatchEvent(new Event('ended'))
    }
    globalThis.give = (kind) => (taken[kind] = false)
  }
}`

/** The film's own worker connects as well: call it before the tap. */
export async function holdWorkers(page: Page): Promise<void> {
  const hold = (worker: Worker): Promise<void> => worker.evaluate(IN_OUR_HAND)
  page.on('worker', (worker) => void hold(worker).catch(() => {})) // one that is gone already
  await Promise.all(page.workers().map(hold))
}

/** Every connection of the page and of its workers. @returns how many there were */
async function cutConnections(page: Page): Promise<number> {
  const cut = `(() => {
    const open = (globalThis.sockets ?? []).filter(({ readyState }) => readyState === 1)
    for (const socket of open) socket.close()
    return open.length
  })()`
  const workers = page.workers().map((worker) => worker.evaluate<number>(cut))
  const counts = await Promise.all([page.evaluate<number>(cut), ...workers])
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * Cuts every connection of the page that films, until one film has gone on through it: where a page is so slow that it
 * is away for long, the engine ends the film and makes another, of which a cut tells nothing.
 */
export async function cutInOneFilm(page: Page): Promise<void> {
  await eventually(() => goesOn(page))
}

async function goesOn(page: Page): Promise<boolean> {
  const { films, seconds } = await filmed(page)
  await eventually(async () => (await cutConnections(page)) >= 2)
  await eventually(async () => (await filmed(page)).seconds > seconds + 2)
  return (await filmed(page)).films === films
}

/** Which films of the engine it is, and how much the longest of them has. */
export async function filmed(page: Page): Promise<{ films: string; seconds: number }> {
  const { filming } = await told(page)
  const seconds = Object.values(filming).map(({ ownSeconds }) => ownSeconds)
  return { films: Object.keys(filming).join(), seconds: Math.max(0, ...seconds) }
}

/** The camera or the microphone of the page, as a system takes it, clones and all; the other stays. */
export async function take(page: Page, kind: 'video' | 'audio'): Promise<void> {
  await page.evaluate(`take('${kind}')`)
}

/** Whoever asks for it gets it again. */
export async function give(page: Page, kind: 'video' | 'audio'): Promise<void> {
  await page.evaluate(`give('${kind}')`)
}

/** As somebody, or the network, sets the clock of a phone. */
export async function setClock(page: Page, byMs: number): Promise<void> {
  await page.evaluate(`{
    const now = Date.now.bind(Date)
    Date.now = () => now() + ${byMs}
  }`)
}

/** As the system tells a page that another one is in front, or that it is again. */
export async function leaveScreen(page: Page, hidden = true): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true })
    Object.defineProperty(document, 'visibilityState', {
      value: '${hidden ? 'hidden' : 'visible'}',
      configurable: true
    })
    document.dispatchEvent(new Event('visibilitychange'))
  `)
}
