// What the engine tells its screens, asked for beside them with the page's own session: what is on a
// screen is held against this.

import type { Page } from 'playwright-core'
import type { Answer, Args, CallName, State, TimelineState } from '../../../core/api/contract.ts'
import { eventually } from '../eventually.ts'

/** The engine lets nobody wait before it for long, and a page may be slow to say who it is. */
const REFUSED = 'The engine refuses this page'

/** @throws at once where no engine is there */
export function told(page: Page): Promise<State> {
  return saidTo(page, null, "type === 'state' ? message.state : undefined")
}

/** The answer to one call, asked in the same way: again where it was refused, so for calls that change nothing. */
export function asked<N extends CallName>(page: Page, name: N, args: Args<N>): Promise<Answer<N>> {
  const call = { type: 'call', id: 1, call: name, args }
  return saidTo(page, call, "type === 'answer' ? message.answer : undefined")
}

/**
 * What of a film is missing, but where the camera itself gave nothing for a second: on a machine that does ten other
 * things it does so.
 */
export function lostIn({ gaps }: TimelineState): TimelineState['gaps'] {
  return gaps.filter(({ reason }) => reason !== 'no-pictures')
}

/** @param wanted what is looked for in a message, as an expression; undefined where it is not there */
async function saidTo<T>(page: Page, call: object | null, wanted: string): Promise<T> {
  const once = `new Promise((resolve, reject) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api')
    const key = localStorage.getItem('temoin.session')
    const call = ${JSON.stringify(call)}
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: 'hello', key }))
      if (call !== null) socket.send(JSON.stringify(call))
    }
    socket.onerror = () => reject(new Error('The engine does not answer'))
    socket.onclose = () => reject(new Error('${REFUSED}'))
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data)
      const { type } = message
      if (type === 'failure') reject(new Error(message.failure.message))
      const found = ${wanted}
      if (found === undefined && type !== 'failure') return
      resolve(found)
      socket.close()
    }
  })`
  const tried = await eventually(() =>
    page.evaluate<T>(once).then(
      (said) => ({ said }),
      (err: Error) => {
        if (err.message.includes(REFUSED)) throw err
        return { err }
      }
    )
  )
  if ('err' in tried) throw tried.err
  return tried.said
}
