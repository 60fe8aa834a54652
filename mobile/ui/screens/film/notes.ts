// What is noted while filming: each at the moment of its tap, whatever the engine does then. What could not be
// told waits; what is left when the film is over is said of it afterwards.
// Must never: hold up the film, or lose what was noted while the page lives.

import { computed, effect, signal } from '@preact/signals'
import type { TagKind } from '../../../../core/api/contract.ts'
import { call, connection } from '../../engine/engine.ts'
import { codeOf } from '../../engine/failure.ts'
import { dueAgain, type Noted } from '../../state/film/noted.ts'
import { filming, session, view } from './model.ts'

const RETRY_MS = 1000

/** What waits to be told, oldest first. */
const waiting = signal<readonly Noted[]>([])
const last = signal<Noted | null>(null)
let busy = false

/** The newest note, and whether the engine has it. */
export const newest = computed(() =>
  last.value === null ? null : { ...last.value, isWaiting: waiting.value.includes(last.value) }
)

/** A moment of the film that runs: to be given to `note` when what is to be said of it is known. */
export function momentNow(): { seconds: number; atMs: number } {
  return { seconds: session.value?.stats.value.seconds ?? 0, atMs: performance.now() }
}

export function note(tag: TagKind | null, text: string, moment = momentNow()): void {
  const said: Noted = { tag, text: text.trim(), ...moment, film: session.value!.startedAtMs }
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
  if (view.value === 'ready') last.value = null
})

async function tell(): Promise<void> {
  const [next] = waiting.value
  if (busy || next === undefined || connection.value !== 'open') return
  busy = true
  const failure = await say(next).then(
    () => null,
    (err) => codeOf(err)
  )
  busy = false
  if (failure !== null && dueAgain(failure)) return
  waiting.value = waiting.value.filter((one) => one !== next)
  void tell()
}

async function say({ tag, text, seconds, atMs, film }: Noted): Promise<void> {
  const now = session.value?.startedAtMs === film ? filming.value : null
  if (now === null) return // its film was left
  const said = { text, ...(tag === null ? {} : { tag }) }
  const isOver = now.phase === 'ending' || now.phase === 'over'
  if (isOver && now.recording !== null) {
    const { recording, seconds: end } = now
    await call('recording.annotate', { ...said, recording, seconds: Math.min(seconds, end) })
  } else {
    const agoMs = Math.round(performance.now() - atMs)
    await call('film.note', { ...said, filming: now.filming, agoMs })
  }
}
