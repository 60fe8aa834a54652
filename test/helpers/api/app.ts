// An app server over a real device, and pages that speak to it over the loopback as the browser's does: with
// its cookie and its origin.

import type { Assert } from 'brittle'
import { Host } from '../../../core/api/host/host.ts'
import type { HostOptions } from '../../../core/api/host/host.ts'
import { AppServer } from '../../../core/api/server/app-server.ts'
import { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { systemClock } from '../../../core/runtime/clock.ts'
import type { Clock } from '../../../core/runtime/clock.ts'
import { path } from '../../../core/runtime/fs.ts'
import { letIn, linkedWith } from '../devices/device.ts'
import { eventually } from '../eventually.ts'
import { useToken } from './http.ts'
import { Page } from './page.ts'
import type { PageOptions, Session } from './page.ts'

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
  /** @default the system's */
  clock?: Clock
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
        ...(options.clock ? { clock: options.clock } : {}),
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

/** The link opened, as a page does it. */
export function sessionOf({ server }: App): Promise<Session> {
  return sessionAt(server.port, server.newUrl())
}

/** The same by a link that an app has printed, whichever process it runs in. */
export async function sessionAt(port: number, link: string): Promise<Session> {
  const token = link.split('#token=')[1]!
  const { headers, text } = await useToken(port, token)
  return { key: JSON.parse(text).key, cookie: String(headers['set-cookie']).split(';')[0]! }
}

/** A page that is connected and has the state. */
export async function createPage(
  t: Assert,
  app: App,
  { session, ...options }: PageOptions & { session?: Session } = {}
): Promise<Page> {
  const page = new Page(app.server.port, session ?? (await sessionOf(app)), options)
  t.teardown(() => page.close())
  await eventually(() => page.state !== null)
  return page
}

/**
 * Two apps linked in a circle: who films, and who holds it and watches.
 *
 * @param clocks of either @default the system's
 */
export async function createPair(
  t: Assert,
  clocks: [Clock, Clock] = [systemClock(), systemClock()]
): Promise<{
  author: App
  holder: App
  exchange: Exchange
  page: Page
  watcher: Page
}> {
  const author = await createApp(t, { name: 'author', clock: clocks[0] })
  const holder = await createApp(t, { name: 'holder', clock: clocks[1] })
  const exchange = await author.device.createCircle('circle')
  await letIn(author.device, holder.device, exchange)
  await linkedWith(exchange, 1)
  const page = await createPage(t, author)
  return { author, holder, exchange, page, watcher: await createPage(t, holder) }
}
