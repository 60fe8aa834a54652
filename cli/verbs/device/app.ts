// `temoin app`: serves the screens on this machine's loopback and opens them. The one process of this
// storage while it runs: it films, holds, invites and exports for the screens.
// Must never: ask for anything before filming can begin; a device is made without a name where none is.

import { fileURLToPath } from '#url'
import type { AppServer } from '../../../core/api/server/app-server.ts'
import type { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import { path } from '../../../core/runtime/fs.ts'
import { openInBrowser } from '../../app/browser.ts'
import { StdinLines } from '../../invite/stdin-lines.ts'
import { openDevice } from '../../open-device.ts'
import { passphraseIfGiven } from '../../passphrase/ask.ts'
import { LockRequests } from '../../passphrase/lock-request.ts'
import { wholeNumber } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { deviceName } from './init.ts'

export const app: Verb = {
  path: 'app',
  summary: 'Film, watch and manage in the browser: serves the app on this machine alone',
  flags: [
    ['--port <port>', 'Serve it there (default where it was, if that is free)'],
    ['--no-open', 'Only print the link; do not open the browser'],
    ['--ui <dir>', 'Screens built elsewhere']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { flags, out, stop } = invocation
  const port =
    flags['port'] === undefined
      ? 0
      : wholeNumber('--port', String(flags['port']), { min: 1, max: 65_535 })
  const { AppServer: Server } = await import('../../../core/api/server/app-server.ts')
  const { Host } = await import('../../../core/api/host/host.ts')
  const { storage } = invocation.settings
  let requests: LockRequests | null = null
  const host = new Host({
    dir: storage,
    exportsDir: `${storage}-exports`,
    open: async (passphrase) => {
      const device = await open(invocation, passphrase)
      requests?.stop()
      requests = new LockRequests(device, invocation)
      requests.start().catch(() => {}) // then whoever asks hears that it is not locked
      return device
    }
  })
  const server = new Server({ host, port, uiDir: uiDir(flags['ui']) })
  try {
    await host.ready()
    refuseForeign(host)
    await server.ready()
    await show(invocation, server)
    const lines = new StdinLines(() => tell(invocation, server))
    lines.start()
    await stop.asked()
    lines.stop()
    out.note('Closing; what is held stays held')
  } finally {
    ;(requests as LockRequests | null)?.stop()
    await server.close()
    await host.close()
  }
}

/** The passphrase as it was given, or as a screen sends it; where there is none, the screens ask. */
async function open(invocation: Invocation, passphrase: Uint8Array | null): Promise<Device> {
  const given = passphrase ?? (await passphraseIfGiven(invocation))
  const create = { name: deviceName(undefined) }
  return openDevice(invocation, {
    create,
    passphrase: () => (given === null ? Promise.reject(locked()) : Promise.resolve(given))
  })
}

/** What no screen could help with ends the command, as it ends every other. */
function refuseForeign({ refused }: { refused: unknown }): void {
  if (refused !== null) throw refused
}

async function show(invocation: Invocation, server: AppServer): Promise<void> {
  const { flags, out } = invocation
  tell(invocation, server)
  if ((flags as Record<string, unknown>)['open'] === false) return // as `--no-open` is read
  const file = await server.newOpeningFile().catch(() => null) // a full disk: there is the link
  if (file !== null && (await openInBrowser(file))) {
    return out.note('It opens in the browser; where that shows nothing, open the link there')
  }
  const { port } = server
  out.note('No browser could be opened here: open this link in one on this machine')
  out.note(`Where this machine has none: ssh -L ${port}:127.0.0.1:${port} <this machine>`)
  out.note('on a computer that has one, and open the link there while that runs')
}

/** A link opens the app once: Enter makes another. */
function tell({ out }: Invocation, server: { newUrl(): string }): string {
  const url = server.newUrl()
  out.event('app', { url })
  out.say(url)
  out.note('It opens the app once, within ten minutes; Enter gives another link, Ctrl-C ends')
  return url
}

/** `dist/ui`, beside the compiled program. */
function uiDir(given: string | true | undefined): string {
  if (typeof given === 'string') return path.resolve(given)
  return path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'ui')
}

function locked(): TemoinError {
  return new TemoinError('DEVICE_LOCKED', 'This device is locked: give its passphrase')
}
