// The headers of every answer, errors included: nothing from elsewhere runs, is framed, is guessed at or
// stays in a cache. Pure.

import type { WebAnswer } from '../../runtime/web/web-server.ts'

/**
 * `connect-src`: some browsers do not count `ws:` as 'self'. A page that starts a worker does so through a
 * Trusted Types policy named `temoin`.
 */
function pagePolicy(port: number): string {
  const sockets = `ws://127.0.0.1:${port} ws://localhost:${port}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types temoin'
  ].join('; ')
}

/** For what is no page: media, JSON, files of a package. Opened as one it can do nothing. */
const SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"

const ALWAYS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(self), microphone=(self), geolocation=(self), screen-wake-lock=(self), battery=(self), payment=(), usb=(), serial=(), bluetooth=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY'
}

export function pageHeaders(port: number, type: string): Record<string, string> {
  return { ...ALWAYS, 'Content-Security-Policy': pagePolicy(port), 'Content-Type': type }
}

export function dataHeaders(type: string): Record<string, string> {
  return { ...ALWAYS, 'Content-Security-Policy': SANDBOX, 'Content-Type': type }
}

export function plainly(status: number, sentence: string): WebAnswer {
  return { status, headers: dataHeaders('text/plain; charset=utf-8'), body: sentence + '\n' }
}

/**
 * To a browser that looks for a service worker (https://w3c.github.io/ServiceWorker/#update-algorithm): the app
 * has none, so somebody else put it there who had this port before, and it would stand between us and our
 * pages. With it goes all that this origin has stored.
 */
export function noServiceWorker(): WebAnswer {
  const { headers, ...gone } = plainly(404, 'There is nothing here.')
  return { ...gone, headers: { ...headers, 'Clear-Site-Data': '"storage"' } }
}

export function asJson(status: number, value: unknown): WebAnswer {
  return { status, headers: dataHeaders('application/json'), body: JSON.stringify(value) }
}
