// The token of this launch: taken out of the address at once, exchanged for a cookie that scripts cannot
// read and a key that only this origin keeps. Must never: keep the token, or leave it in the history.

const KEY = 'temoin.session'
const TOKEN = /^#token=([^&/]+)(?:[&/](.*))?$/

/** What every connection to the engine shows first; empty where there was no exchange. */
export function sessionKey(): string {
  return localStorage.getItem(KEY) ?? ''
}

/** The address brings the token of a launch. */
export function hasToken(): boolean {
  return TOKEN.test(location.hash)
}

/** @throws where the engine refuses the token */
export async function exchangeToken(): Promise<void> {
  const found = TOKEN.exec(location.hash)
  if (found === null) return
  const [, token, rest = ''] = found
  history.replaceState(null, '', `#${rest}`)
  dispatchEvent(new HashChangeEvent('hashchange'))
  const body = JSON.stringify({ token })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/session', { method: 'POST', body, headers })
  if (!answer.ok) throw new Error('The engine refused the token')
  const { key } = (await answer.json()) as { key: string }
  keepSessionKey(key)
}

/** For every window of this browser; good for this run of the engine. */
export function keepSessionKey(key: string): void {
  localStorage.setItem(KEY, key)
}

/** Another window was let in anew, or knows the engine again. @returns ends it */
export function onOtherKey(listener: (key: string) => void): () => void {
  const heard = ({ key, newValue }: StorageEvent): void => {
    if (key === KEY && newValue !== null) listener(newValue)
  }
  addEventListener('storage', heard)
  return () => removeEventListener('storage', heard)
}
