// A page that sees its device wiped begins anew: what it had of films, names, notes and places goes with its
// memory, whatever screen or worker had it. In every window, and nobody is asked before.

import { effect } from '@preact/signals'
import { state } from '../engine/engine.ts'
import { faceOf } from '../state/device/face.ts'

/** Follows the engine for as long as the page lives. */
export function beginAnewWhenWiped(): void {
  let wasThere = false
  effect(() => {
    if (state.value === null) return
    const isWiped = faceOf(state.value) === 'wiped'
    if (isWiped && wasThere) setTimeout(beginAnew) // once all else has heard of it
    wasThere = !isWiped
  })
}

/** At the first screen, which says what has happened; the address may have named a film, or somebody. */
function beginAnew(): void {
  history.replaceState(null, '', '#film')
  location.reload()
}
