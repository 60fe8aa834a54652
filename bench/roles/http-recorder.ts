// An uploader: PUTs each fragment to every holder over connections that stay open.

import http from 'http'
import type { FilmPlan } from '../lib/film-plan.ts'
import { play } from '../lib/film-plan.ts'
import { nowMs } from '../lib/clock.ts'
import { serve } from '../lib/serve.ts'
import { Meter } from '../lib/counted/usage.ts'

const agent = new http.Agent({ keepAlive: true, noDelay: true })
const meter = new Meter()
let acked: number[][] = []

interface Film {
  holders: { host: string; ports: number[] }
  plan: FilmPlan
}

serve({
  async film({ holders: { host, ports }, plan }: Film) {
    meter.mark()
    acked = ports.map(() => [])
    const handed: number[] = []
    await play(plan, (fragment, index, atMs) => {
      handed.push(atMs)
      ports.forEach((port, i) => put(host, port, index, fragment, acked[i]!))
    })
    return { handed, usage: meter.read() }
  },
  acks: () => acked,
  close: () => agent.destroy()
})

function put(
  host: string,
  port: number,
  index: number,
  bytes: Uint8Array,
  ackedAtMs: number[]
): void {
  const headers = { 'Content-Length': bytes.byteLength }
  const request = http.request({ host, port, path: `/${index}`, method: 'PUT', agent, headers })
  request.on('response', (response) => {
    response.resume()
    response.on('end', () => void (ackedAtMs[index] = nowMs()))
  })
  request.on('error', () => {}) // counted as missing
  request.end(bytes)
}
