// What the client needs of a browser, or of whatever stands in for one. A page gives
// `{ origin: location.origin, connect: (url) => new WebSocket(url), fetch: (...a) => fetch(...a) }`.

export interface BrowserSocket {
  binaryType: string
  send(data: string | Uint8Array): void
  close(): void
  onopen: ((event: any) => void) | null
  onmessage: ((event: any) => void) | null
  onclose: ((event: any) => void) | null
  onerror: ((event: any) => void) | null
}

export interface BrowserAnswer {
  ok: boolean
  status: number
  json(): Promise<any>
  body: { getReader(): ByteReader } | null
}

export interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

export interface Platform {
  /** `http://127.0.0.1:1234` */
  origin: string
  connect(url: string): BrowserSocket
  fetch(
    url: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string; signal?: any }
  ): Promise<BrowserAnswer>
}

/** `ws://127.0.0.1:1234/api` */
export function socketUrl({ origin }: Platform, path: string): string {
  return origin.replace(/^http/, 'ws') + path
}

/**
 * Exchanges the launch token of the link for the key of a session; its cookie comes with it.
 * @returns null where the link was used already, or is too old
 */
export async function openSession(platform: Platform, token: string): Promise<string | null> {
  const answer = await platform.fetch(`${platform.origin}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token })
  })
  if (!answer.ok) return null
  const { key } = await answer.json()
  return typeof key === 'string' ? key : null
}
