// The limit's other end: writes each fragment, length-prefixed, to one TCP connection for each holder.

import net from 'net'
import type { Socket } from 'net'
import type { FilmPlan } from '../lib/film-plan.ts'
import { Noise, play } from '../lib/film-plan.ts'
import { nowMs } from '../lib/clock.ts'
import { frame, view } from '../lib/frames.ts'
import { serve } from '../lib/serve.ts'
import { Meter, cpuSeconds } from '../lib/counted/usage.ts'

interface Line {
  socket: Socket
  /** When the holder had said of frame i that it has it, ms. */
  ackedAtMs: number[]
}

interface Holders {
  host: string
  ports: number[]
}

const meter = new Meter()
let lines: Line[] = []

serve({
  async film({ holders, plan }: { holders: Holders; plan: FilmPlan }) {
    await connect(holders)
    meter.mark()
    const handed: number[] = []
    await play(plan, (fragment, _index, atMs) => {
      handed.push(atMs)
      const bytes = frame(fragment)
      for (const { socket } of lines) socket.write(bytes)
    })
    return { handed, usage: meter.read() }
  },

  /** As fast as it goes. */
  async bulk({ holders, bytes, fragmentBytes }: Bulk) {
    const fromMs = nowMs()
    await connect(holders)
    const noise = new Noise()
    for (let at = 0; at < bytes; at += fragmentBytes) {
      await drained(lines[0]!.socket, frame(noise.next(Math.min(fragmentBytes, bytes - at))))
    }
    return fromMs
  },

  acks: () => lines.map(({ ackedAtMs }) => ackedAtMs),
  hangUp: () => hangUp(),
  mark: () => meter.mark(),
  spent: () => cpuSeconds(),
  usage: () => meter.read(),
  close: () => hangUp()
})

interface Bulk {
  holders: Holders
  bytes: number
  fragmentBytes: number
}

async function connect({ host, ports }: Holders): Promise<void> {
  hangUp()
  lines = await Promise.all(ports.map((port) => open(host, port)))
}

async function open(host: string, port: number): Promise<Line> {
  const socket = net.connect(port, host)
  const ackedAtMs: number[] = []
  socket.setNoDelay(true)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.on('error', reject)
  })
  socket.on('data', (bytes) => {
    const frames = view(bytes).getUint32(bytes.byteLength - 4)
    while (ackedAtMs.length < frames) ackedAtMs.push(nowMs())
  })
  return { socket, ackedAtMs }
}

function drained(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (socket.write(bytes)) resolve()
    else socket.once('drain', resolve)
  })
}

function hangUp(): void {
  for (const { socket } of lines) socket.destroy()
  lines = []
}
