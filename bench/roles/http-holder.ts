// What a file uploader does: every fragment a PUT, every PUT a new file, synced with its directory
// before the answer.

import http from 'http'
import type { Incoming, Response } from 'http'
import b4a from 'b4a'
import { path, syncDirectory } from '../../core/runtime/fs.ts'
import { openFile } from '../../core/store/files/open-file.ts'
import { nowMs } from '../lib/clock.ts'
import { serve } from '../lib/serve.ts'
import { Meter } from '../lib/counted/usage.ts'

const meter = new Meter()
let dir = ''
let durableAtMs: (number | null)[] = []
let files = 0

const server = http.createServer((request, response) => {
  const chunks: Uint8Array[] = []
  request.on('data', (bytes) => chunks.push(bytes))
  request.on('end', () => void store(request, response, b4a.concat(chunks as any)))
})

serve({
  async open({ dir: to, host }: { dir: string; host: string }) {
    dir = to
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    return server.address().port
  },
  held: () => durableAtMs,
  forget: () => void (durableAtMs = []),
  mark: () => meter.mark(),
  usage: () => meter.read(),
  close: () => server.close()
})

async function store({ url }: Incoming, response: Response, bytes: Uint8Array): Promise<void> {
  const file = await openFile(path.join(dir, `put-${files++}`), 'w')
  await file.write(bytes, 0, bytes.byteLength, 0)
  await file.sync()
  await file.close()
  await syncDirectory(dir)
  durableAtMs[Number(url.slice(1))] = nowMs()
  response.statusCode = 201
  response.end()
}
