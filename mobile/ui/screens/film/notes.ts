// What is noted while filming: each at the moment of its tap, whatever the engine does then. What could not be
// told waits; what is left when the film is over is said of it afterwards.
// Must never: hold up the film, or lose what was noted while the page lives.

import { computed, effect, signal } from '@preact/signals'
import type { TagKind } from '../../../../core/api/contract.ts'
import type { FilmSession } from '../../capture/film-session.ts'
import { call, connection } from '../../engine/engine.ts'
import { codeOf } from '../../engine/failure.ts'
import { dueAgain, wayOf, type Noted, type NoteWay } from '../../state/film/uplink/noted.ts'
import { session, view } from './model.ts'

const RETRY_MS = 1000

/** Whatever film is on the screen by then. */
interface Kept extends Noted {
  film: FilmSession
}

/** What waits to be told, oldest first. */
const waiting = signal<readonly Kept[]>([])
/** What the engine takes in no way. */
const refused = signal<readonly Kept[]>([])
const last = signal<Kept | null>(null)
let busy = false

/** The newest note, and what became of it. */
export const newest = computed(() => {
  const note = last.value
  if (note === null) return null
  const isWaiting = waiting.value.includes(note)
  return { ...note, isWaiting, isRefused: refused.value.includes(note) }
})

/** A moment of the film that runs: to be given to `note` when what is to be said of it is known. */
export function momentNow(): { seconds: number; atMs: number } {
  return { seconds: session.value?.stats.value.seconds ?? 0, atMs: performance.now() }
}

export function note(tag: TagKind | null, text: string, moment = momentNow()): void {
  const said: Kept = { tag, text: text.trim(), ...moment, film: session.value! }
  navigator.vibrate?.(30)
  last.value = said
  waiting.value = [...waiting.value, said]
  void tell()
}

/** As long as the page lives: a film is over before all of its notes may be told. */
effect(() => {
  if (waiting.value.length === 0) return
  const timer = setInterval(() => void tell(), RETRY_MS)
  return () => clearInterval(timer)
})

/** Of another film than the one on the screen. */
effect(() => {
  if (view.value !== 'ready') return
  last.value = null
  refused.value = []
})

async function tell(): Promise<void> {
  if (busy || connection.value !== 'open') return
  const next = waiting.value.find((one) => wayOfKept(one) !== null)
  if (next === undefined) return
  busy = true
  const failure = await say(next, wayOfKept(next)!).then(
    () => null,
    (err) => codeOf(err)
  )
  busy = false
  if (failure !== null && dueAgain(failure)) return
  if (failure !== null) refused.value = [...refused.value, next]
  waiting.value = waiting.value.filter((one) => one !== next)
  void tell()
}

function wayOfKept(note: Kept): NoteWay | null {
  const { filming, recordings, phase } = note.film
  const film = {
    now: filming.value,
    recordings: recordings.value,
    isOver: phase.value === 'over'
  }
  return wayOf(note, film, performance.now(), Date.now())
}

async function say({ tag, text }: Kept, way: NoteWay): Promise<void> {
  const said = { text, ...(tag === null ? {} : { tag }) }
  if (way.kind === 'none') throw new Error('Nothing is left of its film')
  if (way.kind === 'film') {
    const { filming, agoMs } = way
    await call('film.note', { ...said, filming, agoMs })
  } else {
    const { recording, seconds } = way
    await call('recording.annotate', { ...said, recording, seconds })
  }
}
