// What the engine tells its screens, asked for beside them with the page's own session: what is on a
// screen is held against this.

import type { Page } from 'playwright-core'
import type { Answer, Args, CallName, State } from '../../../core/api/contract.ts'

export function told(page: Page): Promise<State> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api')
    const key = localStorage.getItem('temoin.session')
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key }))
    socket.onerror = () => reject(new Error('The engine does not answer'))
    socket.onclose = () => reject(new Error('The engine refuses this page'))
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data)
      if (message.type !== 'state') return
      resolve(message.state)
      socket.close()
    }
  })`)
}

/** The answer to one call, asked in the same way. */
export function asked<N extends CallName>(page: Page, name: N, args: Args<N>): Promise<Answer<N>> {
  const message = JSON.stringify({ type: 'call', id: 1, call: name, args })
  return page.evaluate(`new Promise((resolve, reject) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api')
    const key = localStorage.getItem('temoin.session')
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: 'hello', key }))
      socket.send(${JSON.stringify(message)})
    }
    socket.onerror = () => reject(new Error('The engine does not answer'))
    socket.onmessage = ({ data }) => {
      const { type, answer, failure } = JSON.parse(data)
      if (type === 'failure') reject(new Error(failure.message))
      else if (type !== 'answer') return
      else resolve(answer)
      socket.close()
    }
  })`)
}
