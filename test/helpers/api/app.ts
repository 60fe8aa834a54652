// An app server over a real device, and pages that speak to it as a browser would: with its cookie, its
// origin and the client that the screens use. Under Node by `ws`, under Bare by `bare-ws`.

import b4a from 'b4a'
import * as ws from '#ws'
import type { Assert } from 'brittle'
import { Client, type ClientOptions } from '../../../core/api/client/client.ts'
import { openSession } from '../../../core/api/client/platform.ts'
import type { BrowserSocket, Platform } from '../../../core/api/client/platform.ts'
import { Host } from '../../../core/api/host/host.ts'
import type { HostOptions } from '../../../core/api/host/host.ts'
import { AppServer } from '../../../core/api/server/app-server.ts'
import { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import { path } from '../../../core/runtime/fs.ts'
import { eventually } from '../eventually.ts'
import { ask, openAnswer } from './http.ts'

export interface App {
  host: Host
  server: AppServer
  device: Device
  dir: string
}

export interface AppOptions extends Partial<HostOptions> {
  name?: string
  uiDir?: string
  helloMs?: number
  strangerMs?: number
  port?: number
}

export async function createApp(t: Assert, options: AppOptions = {}): Promise<App> {
  const { name = 'device-0000', dir = path.join(await t.tmp(), 'device'), ...rest } = options
  const { uiDir = path.join(dir, 'no-ui'), helloMs = 5000, strangerMs = 10_000, port = 0 } = options
  const host = new Host({
    dir,
    exportsDir: `${dir}-exports`,
    open: async (passphrase) => {
      const device = new Device({
        ...{ dir, create: { name }, bootstrap: [], host: '127.0.0.1', reserveBytes: 0 },
        passphrase: () =>
          passphrase === null
            ? Promise.reject(new TemoinError('DEVICE_LOCKED', 'It is locked'))
            : Promise.resolve(passphrase)
      })
      await device.ready().catch(async (err: unknown) => {
        await device.close().catch(() => {})
        throw err
      })
      return device
    },
    ...rest
  })
  const server = new AppServer({ host, uiDir, port, helloMs, strangerMs })
  t.teardown(async () => {
    await server.close()
    await host.close()
  })
  await host.ready()
  await server.ready()
  return {
    host,
    server,
    dir,
    get device() {
      return host.current.device
    }
  }
}

export interface Session {
  key: string
  /** `name=value` */
  cookie: string
}

/** The link opened, as a page does it. */
export async function sessionOf({ server }: App): Promise<Session> {
  const token = server.newUrl().split('#token=')[1]!
  let cookie = ''
  const platform = platformOf(server.port, '')
  const key = await openSession(
    {
      ...platform,
      fetch: async (url, init) => {
        const answer = await ask(server.port, new URLish(url).path, {
          ...init,
          headers: { ...init?.headers, origin: platform.origin }
        } as any)
        cookie = String(answer.headers['set-cookie']).split(';')[0]!
        return {
          ok: answer.status === 200,
          status: answer.status,
          body: null,
          json: async () => JSON.parse(answer.text)
        } as any
      }
    },
    token
  )
  return { key: key!, cookie }
}

/** A page that is connected and has the state. */
export async function createPage(
  t: Assert,
  app: App,
  options: Partial<ClientOptions> & { session?: Session } = {}
): Promise<Client> {
  const { session = await sessionOf(app), ...rest } = options
  const platform = platformOf(app.server.port, session.cookie)
  const client = new Client({ platform, key: session.key, ...rest })
  t.teardown(() => client.close())
  await eventually(() => client.state !== null)
  return client
}

export function platformOf(port: number, cookie: string): Platform {
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    connect: (url) => connectSocket(url, { origin, cookie }),
    fetch: async (url, init: any) => {
      const headers = { ...init?.headers, cookie }
      const answer = await openAnswer(port, new URLish(url).path, { ...init, headers })
      const pieces = answer.pieces[Symbol.asyncIterator]()
      const read = async () => {
        const { done, value } = await pieces.next()
        return { done: done === true, value: done ? undefined : (value as Uint8Array) }
      }
      const text = async (): Promise<string> => {
        const chunks: Uint8Array[] = []
        for (let one = await read(); !one.done; one = await read()) chunks.push(one.value!)
        return b4a.toString(b4a.concat(chunks) as any)
      }
      return {
        ok: answer.status === 200,
        status: answer.status,
        json: async () => JSON.parse(await text()),
        body: { getReader: () => ({ read, cancel: async () => answer.cut() }) }
      }
    }
  }
}

/** What `new URL` would be asked for. */
class URLish {
  readonly path: string
  constructor(url: string) {
    this.path = '/' + url.split('/').slice(3).join('/')
  }
}

const { WebSocket } = ws as any
const { Socket } = ((ws as any).default ?? ws) as any

/** A browser's WebSocket, with the headers a browser would send. */
export function connectSocket(url: string, headers: Record<string, string>): BrowserSocket {
  return WebSocket ? nodeSocket(url, headers) : bareSocket(url, headers)
}

function nodeSocket(url: string, headers: Record<string, string>): BrowserSocket {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  socket.on('error', () => {})
  return socket
}

function bareSocket(url: string, headers: Record<string, string>): BrowserSocket {
  const socket = new Socket(url, { headers })
  const end: BrowserSocket = {
    binaryType: 'arraybuffer',
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
