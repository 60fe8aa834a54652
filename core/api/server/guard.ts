// Who may ask this server anything: looked at before a request is routed, from its head alone. Pure.
// Must never: let a page of another origin, or a name that somebody made lead here, get an answer.

import type { WebRequest } from '../../runtime/web/web-server.ts'

type Head = Pick<WebRequest, 'method' | 'headers'> & { path?: string }

/** Where a file on this machine's disk leads (opening-page.ts): it holds nothing, and does nothing by itself. */
export const OPENING_PATH = '/open'

/** Names of this machine that a browser has not asked anybody about. */
export function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/**
 * The status that refuses a request, or null where it may be routed.
 * - 403 for another `Host` (DNS rebinding), and for what a page of another origin asks
 * - 405 for what is neither read nor told by POST
 * - 415 for a POST that a plain form could send
 */
export function refusalOf({ method, headers, path }: Head, port: number): number | null {
  const { host, origin } = headers
  if (host === undefined || !ownHosts(port).includes(host)) return 403
  const isOpening = path === OPENING_PATH && method === 'GET' && isWindow(headers)
  if (!isFromUs(headers) && !isOpening) return 403
  if (origin !== undefined && origin !== `http://${host}`) return 403
  if (method === 'GET' || method === 'HEAD') return null
  if (method !== 'POST') return 405
  if (origin === undefined) return 403
  return isJson(headers['content-type']) ? null : 415
}

/** The same for a request that wants to become a WebSocket: it changes state, so its origin must be told. */
export function upgradeRefusalOf({ method, headers }: Head, port: number): number | null {
  if (method !== 'GET') return 405
  const refusal = refusalOf({ method, headers }, port)
  return refusal ?? (headers['origin'] === undefined ? 403 : null)
}

/** A browser says who asks; what is no browser says nothing. `none`: a person, by the address bar. */
function isFromUs(headers: Head['headers']): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** A whole window goes there; no frame, script or picture asks. */
function isWindow(headers: Head['headers']): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

function isJson(type: string | undefined): boolean {
  return type?.split(';')[0]!.trim().toLowerCase() === 'application/json'
}
