// A server for pieces of a film that a page puts there: each a new file, synced with its directory before
// the answer, and handed to whoever watches as it comes. Serves the two pages as well.

import http from 'http'
import type { Incoming, Response } from 'http'
import b4a from 'b4a'
import { path, syncDirectory } from '../../core/runtime/fs.ts'
import { openFile } from '../../core/store/files/open-file.ts'
import { serve } from '../lib/serve.ts'

const FROM_ANYWHERE = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'PUT',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '600'
}
let dir = ''
let pages: Record<string, string> = {}
let pieces: Uint8Array[] = []
const watchers = new Set<Response>()

const server = http.createServer((request, response) => {
  if (request.method === 'PUT') return void take(request, response)
  if (request.method === 'OPTIONS') {
    response.writeHead(204, FROM_ANYWHERE)
    return response.end()
  }
  if (request.url === '/live') return follow(response)
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(pages[request.url] ?? '')
})

serve({
  async open({ dir: to }: { dir: string }) {
    dir = to
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${server.address().port}`
  },
  show: (wanted: Record<string, string>) => void (pages = wanted),
  close: () => server.close()
})

async function take(request: Incoming, response: Response): Promise<void> {
  const bytes = await bodyOf(request)
  const piece = Number(request.url.slice(1))
  if (piece === 0) pieces = []
  pieces[piece] = bytes
  for (const watcher of watchers) watcher.write(bytes)
  const file = await openFile(path.join(dir, `put-${Date.now()}-${piece}`), 'w')
  await file.write(bytes, 0, bytes.byteLength, 0)
  await file.sync()
  await file.close()
  await syncDirectory(dir)
  response.writeHead(201, FROM_ANYWHERE)
  response.end()
}

function follow(response: Response): void {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
  for (const piece of pieces) response.write(piece)
  watchers.add(response)
  response.on('close', () => watchers.delete(response))
}

function bodyOf(request: Incoming): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve) => {
    request.on('data', (bytes) => chunks.push(bytes))
    request.on('end', () => resolve(b4a.concat(chunks as any)))
  })
}
