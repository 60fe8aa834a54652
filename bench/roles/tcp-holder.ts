// The limit: a process that appends what a TCP connection brings and syncs it. No key, no signature, no
// proof, no second chance; what a holder costs at the very least.

import net from 'net'
import type { Socket } from 'net'
import b4a from 'b4a'
import { path } from '../../core/runtime/fs.ts'
import { CommitLog } from '../lib/commit-log.ts'
import { FrameReader, view } from '../lib/frames.ts'
import { serve } from '../lib/serve.ts'
import { Meter, cpuSeconds } from '../lib/counted/usage.ts'

const meter = new Meter()
const logs: CommitLog[] = []
let dir = ''

const server = net.createServer(onSocket)

serve({
  async open({ dir: to, host }: { dir: string; host: string }) {
    dir = to
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    return server.address().port
  },
  /** When each frame of the newest connection was on the disk. */
  held: () => logs[logs.length - 1]?.durableAtMs ?? [],
  mark: () => meter.mark(),
  spent: () => cpuSeconds(),
  usage: () => meter.read(),
  async close() {
    server.close()
    for (const log of logs) await log.close()
  }
})

function onSocket(socket: Socket): void {
  const log = new CommitLog(path.join(dir, `tcp-${logs.length}.log`), (frames) => {
    const ack = b4a.alloc(4)
    view(ack).setUint32(0, frames)
    socket.write(ack)
  })
  logs.push(log)
  const reader = new FrameReader((payload) => log.add(payload))
  socket.setNoDelay(true)
  socket.on('data', (bytes) => reader.push(bytes))
  socket.on('error', () => {}) // the other end was ended: what is on the disk stays
}
