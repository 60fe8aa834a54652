// The film worker, started the one way the server's policy allows: through a Trusted Types policy named
// `temoin`, which lets through this one address and no other.

import workerUrl from './worker/film.worker.ts?worker&url'

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string }
  ): {
    createScriptURL(url: string): string
  }
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
const policy = trustedTypes?.createPolicy('temoin', { createScriptURL: onlyOurs })

export function startFilmWorker(): Worker {
  const url = policy?.createScriptURL(workerUrl) ?? workerUrl
  return new Worker(url, { type: 'module' })
}

function onlyOurs(url: string): string {
  if (url !== workerUrl) throw new TypeError('No other script is started')
  return url
}
