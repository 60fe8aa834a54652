// A WebSocket as a browser opens one, with the headers a browser would send: under Node by `ws`, under Bare by
// `bare-ws`. And one that is spoken to by hand, for what no page of ours would say.

import b4a from 'b4a'
import * as ws from '#ws'
import { eventually } from '../eventually.ts'

export interface BrowserSocket {
  send(data: string | Uint8Array): void
  close(): void
  onopen: ((event: any) => void) | null
  onmessage: ((event: any) => void) | null
  onclose: ((event: any) => void) | null
  onerror: ((event: any) => void) | null
}

const { WebSocket } = ws as any
const { Socket } = ((ws as any).default ?? ws) as any

export function connectSocket(url: string, headers: Record<string, string>): BrowserSocket {
  return WebSocket ? nodeSocket(url, headers) : bareSocket(url, headers)
}

/** To our own server, as its own page. @param path `/api`, `/film/<filming>` */
export function socketAt(port: number, path: string, cookie: string): BrowserSocket {
  const host = `127.0.0.1:${port}`
  return connectSocket(`ws://${host}${path}`, { cookie, origin: `http://${host}` })
}

export interface Spoken {
  socket: BrowserSocket
  /** Every message so far. */
  heard: any[]
  say(message: object): void
  /** Resolves with the code it was closed with. */
  closed: Promise<number>
}

/** As `socketAt`; says `first` when it is open. Waits until it is answered or closed. */
export async function speak(
  port: number,
  path: string,
  cookie: string,
  first: object
): Promise<Spoken> {
  const socket = socketAt(port, path, cookie)
  const heard: any[] = []
  const say = (message: object): void => socket.send(JSON.stringify(message))
  let isClosed = false
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => {
      isClosed = true
      resolve(code)
    }
  })
  socket.onmessage = ({ data }) => heard.push(JSON.parse(String(data)))
  socket.onopen = () => say(first)
  await eventually(() => heard.length > 0 || isClosed)
  return { socket, heard, say, closed }
}

function nodeSocket(url: string, headers: Record<string, string>): BrowserSocket {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  socket.on('error', () => {})
  return socket
}

function bareSocket(url: string, headers: Record<string, string>): BrowserSocket {
  const socket = new Socket(url, { headers })
  const end: BrowserSocket = {
    send: (data) => void socket.write(data),
    close: () => void socket.close(),
    ...{ onopen: null, onmessage: null, onclose: null, onerror: null }
  }
  socket.on('error', () => {})
  socket.on('open', () => end.onopen?.({}))
  socket.on('message', (data: Uint8Array, isBinary: boolean) =>
    end.onmessage?.({ data: isBinary ? data : b4a.toString(data as any) })
  )
  socket.on('data', () => {})
  socket.on('close', () => end.onclose?.({ code: socket.closeCode }))
  return end
}
