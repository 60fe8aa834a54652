// HTTP as anybody on this machine could speak it: any method, any header, a body or none.

import http from '#http'

export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  bytes: Uint8Array
  text: string
}

export interface AskOptions {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

/** Asks, and has the whole answer. */
export async function ask(port: number, path: string, options: AskOptions = {}): Promise<Reply> {
  const { status, headers, pieces } = await openAnswer(port, path, options)
  const chunks: Uint8Array[] = []
  for await (const chunk of pieces) chunks.push(chunk)
  const bytes = joined(chunks)
  return { status, headers, bytes, text: String.fromCharCode(...bytes.subarray(0, 10_000)) }
}

/** A page gives the launch token of a link for a session: its cookie and its key. */
export function useToken(port: number, token: string): Promise<Reply> {
  const headers = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' }
  return ask(port, '/session', { method: 'POST', headers, body: JSON.stringify({ token }) })
}

export interface OpenAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  pieces: AsyncIterable<Uint8Array>
  /** Goes away in the middle. */
  cut(): void
}

/** Asks, and has the answer as it comes. */
export function openAnswer(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: AskOptions = {}
): Promise<OpenAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    const options = {
      ...{ host: '127.0.0.1', port, path, method, agent: false as any },
      headers: { host: `127.0.0.1:${port}`, ...length, ...headers }
    }
    const request: any = http.request(options as any, (response: any) => {
      resolve({
        status: response.statusCode,
        headers: response.headers,
        pieces: response,
        cut: () => request.destroy()
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Somebody listens at this address of this machine. */
export function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { host: `127.0.0.1:${port}` }
    const options = { host, port, path: '/', agent: false as any, headers }
    const request: any = http.request(options as any, (response: any) => {
      response.resume()
      resolve(true)
    })
    request.on('error', () => resolve(false))
    request.end()
  })
}

/** Begins to tell something, and never ends. */
export function askWithoutEnd(port: number, path: string): { cut(): void; isCut(): boolean } {
  const host = `127.0.0.1:${port}`
  const request: any = http.request({
    ...{ host: '127.0.0.1', port, path, method: 'POST', agent: false as any },
    headers: {
      ...{ host, origin: `http://${host}` },
      ...{ 'content-type': 'application/json', 'content-length': '1000' }
    }
  } as any)
  let isCut = false
  request.on('error', () => (isCut = true))
  request.on('close', () => (isCut = true))
  request.write('{')
  return { cut: () => void request.destroy(), isCut: () => isCut }
}

function joined(chunks: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}
