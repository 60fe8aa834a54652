// What a relay answers on the loopback: the page, the metrics, its health, its status as JSON. Pure.
// Must never: change anything; whoever can ask here is anybody on this machine.

import { plainly } from '../../core/runtime/http.ts'
import type { Answer, Asked } from '../../core/runtime/http.ts'
import { metricsText, METRICS_TYPE } from './metrics.ts'
import { languageOf, pageHtml, PAGE_POLICY } from './page/page.ts'
import { healthOf } from './status.ts'
import type { RelayStatus } from './status.ts'

export function answerOf({ path, query, headers }: Asked, status: RelayStatus): Answer {
  switch (path) {
    case '/':
      return page(status, languageOf(query, headers['accept-language']))
    case '/metrics':
      return { status: 200, type: METRICS_TYPE, body: metricsText(status) }
    case '/healthz':
      return healthz(status)
    case '/status.json':
      return { status: 200, type: 'application/json', body: JSON.stringify(status) + '\n' }
    default:
      return plainly(404, 'There is /, /metrics, /healthz and /status.json here.\n')
  }
}

function page(status: RelayStatus, language: 'fr' | 'en'): Answer {
  const headers = { 'Content-Security-Policy': PAGE_POLICY, 'Content-Language': language }
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: pageHtml(status, language),
    headers
  }
}

/** 503 where films are not taken: a monitor that knows nothing else shall ring. */
function healthz(status: RelayStatus): Answer {
  const health = healthOf(status)
  return plainly(health === 'full' ? 503 : 200, health + '\n')
}
