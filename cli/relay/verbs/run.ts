// `temoin-relay run`: holds what its circles film until it is told to stop. SIGHUP reads the options again.

import process from '#process'
import { Relay } from '../../../relay/relay.ts'
import { answerOf } from '../../../relay/status/answer.ts'
import { HttpServer } from '../../../core/runtime/http.ts'
import { compileLate, compileSoon } from '../../../core/runtime/process.ts'
import { BootstrapNode } from '../../../core/links/bootstrap-node.ts'
import { deviceMissing, hasNoDevice } from '../../open-device.ts'
import { TemoinError } from '../../../core/errors.ts'
import { isDebugging } from '../../output/output.ts'
import { countText, shortKey } from '../../output/units.ts'
import { currentPassphrase } from '../../passphrase/ask.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { Log } from '../log.ts'
import { RelayReport } from '../report.ts'
import type { RelaySettings } from '../settings.ts'
import { endStatus, WRITE_EVERY_MS, writeStatus } from '../status-file.ts'

export const run: Verb<RelaySettings> = {
  path: 'run',
  summary: 'Hold what its circles film until Ctrl-C',
  run: hold
}

async function hold(invocation: Invocation<RelaySettings>): Promise<void> {
  const { settings, out, stop } = invocation
  const { storage } = settings
  if (await hasNoDevice(storage)) throw deviceMissing(storage, invocation.program)
  const { logLevel: level, logFormat: format } = settings.relay
  const log = new Log({ level, format }, out)
  const passphrase = () => currentPassphrase(invocation)
  const relay = new Relay({ options: { ...settings.relay, storage }, device: { passphrase } })
  new RelayReport(relay, log).start()
  if (isDebugging()) relay.on('trouble', (err) => out.note(String((err as Error)?.stack ?? err)))
  const opened: { close(): Promise<void> }[] = []
  try {
    opened.push(relay)
    compileSoon()
    await relay.ready()
    compileLate()
    opened.push(...(await openAround(relay, log, settings)))
    tellReady(relay, log)
    await stop.asked()
    log.info('closing', 'Closing; what is held stays held')
  } finally {
    for (const one of opened.reverse()) await one.close()
  }
}

/** What stands around a relay that is open: the page, the DHT node, the file, the signal. */
async function openAround(relay: Relay, log: Log, settings: RelaySettings) {
  const { statusPort, dhtNode } = settings.relay
  const opened: { close(): Promise<void> }[] = []
  if (dhtNode !== null) {
    const node = new BootstrapNode(dhtNode)
    await node.ready()
    opened.push(node)
    log.info('dht-node', `DHT node for others to begin with: port ${node.port}`, {
      port: node.port
    })
  }
  if (statusPort !== null) {
    const answer = (asked: Parameters<typeof answerOf>[0]) => answerOf(asked, relay.status())
    const remedy = 'set --status-port to another one, or to off'
    const server = new HttpServer({ port: statusPort, answer, remedy })
    await server.ready()
    opened.push(server)
    const url = `http://127.0.0.1:${server.port}/`
    log.info('status-page', `Status page: ${url}`, { url, port: server.port })
  }
  opened.push(keepStatus(relay, settings.storage, log))
  opened.push(listenForReload(relay, log, settings))
  return opened
}

function keepStatus(relay: Relay, dir: string, log: Log): { close(): Promise<void> } {
  let writing = Promise.resolve()
  const write = (): void => {
    writing = writeStatus(dir, relay.status()).catch(() => {
      log.warn('status-file', 'The status could not be written: "temoin-relay status" is behind')
    })
  }
  write()
  const timer = setInterval(write, WRITE_EVERY_MS)
  return {
    async close() {
      clearInterval(timer)
      await writing
      await endStatus(dir, relay.status()).catch(() => {})
    }
  }
}

/** A wrong file changes nothing: what was right goes on. */
function listenForReload(
  relay: Relay,
  log: Log,
  { again, storage }: RelaySettings
): { close(): Promise<void> } {
  const reload = async (): Promise<void> => {
    try {
      const options = again()
      log.options = { level: options.logLevel, format: options.logFormat }
      await relay.reload({ ...options, storage })
      log.info(
        'reloaded',
        'The options were read again: quotas, reserves, log and scrub rate are new'
      )
    } catch (err) {
      const text = TemoinError.is(err) ? err.message : 'The options could not be read again'
      log.error('reload-failed', `${text}; everything stays as it was`)
    }
  }
  const onSignal = (): void => void reload()
  process.on('SIGHUP', onSignal)
  return {
    async close() {
      process.off('SIGHUP', onSignal)
    }
  }
}

function tellReady({ device }: Relay, log: Log): void {
  const circles = device.circles.length
  const text = `This relay is ${shortKey(device.key)}, in ${countText(circles, 'circle')}`
  log.info('ready', circles === 0 ? `${text}: "temoin-relay join <invite>" adds one` : text, {
    device: shortKey(device.key),
    circles
  })
  for (const { circle } of device.circles) {
    const role = circle.roster.active(device.key)?.role
    if (role === undefined || role === 'relay') continue
    const id = shortKey(circle.id)
    const warning = `In circle ${id} this device is ${role}, not relay: it could read films; have it revoked there and invited as relay`
    log.error('not-a-relay', warning, { circle: id, role })
  }
}
