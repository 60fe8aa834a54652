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

export function asJson(status: number, value: unknown): WebAnswer {
  return { status, headers: dataHeaders('application/json'), body: JSON.stringify(value) }
}
