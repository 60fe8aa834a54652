// Whoever takes the port of an engine that was killed: a page that was let in by that engine says nothing to it that
// would let it ask, and believes nothing of what it says.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import * as ws from '#ws'
import type { State } from '../../../core/api/contract.ts'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { film } from '../../helpers/browser/people.ts'
import { told } from '../../helpers/browser/told.ts'
import { eventually } from '../../helpers/eventually.ts'

/** Caused by the test: not the page's errors. */
const expected = [/ERR_CONNECTION|WebSocket|Failed to load resource/]
const NONCE = 'ab'.repeat(32)

test(
  `A page believes nobody who has the port of its engine and says to be it${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const page = await open(t, engine, { expected, at: 'recordings' })
    const state = await told(page)
    await engine.process.kill('SIGKILL')
    const gone = page.getByText('The engine no longer answers').first()
    await gone.waitFor()
    const other = await listen(t, Number(/:(\d+)\//.exec(engine.url)![1]), state)
    await eventually(() => other.heard.length >= 4)
    t.ok(await gone.isVisible(), 'it goes on saying so')
    t.alike([...new Set(other.heard.map(({ type }) => type))], ['resume'], 'nothing but a question')
    await other.close()
    await startEngine(t, engine.storage)
    await eventually(() => gone.isHidden())
    t.pass('its own engine it knows again')
  }
)

test(
  `A film is sent to nobody who has the port of its engine, and goes on when that is back${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const page = await open(t, engine, { expected })
    await film(page)
    await eventually(async () => (await filmed(page)) > 1)
    const state = await told(page)
    await engine.process.kill('SIGKILL')
    await page.getByText('The engine does not answer').waitFor()
    const other = await listen(t, Number(/:(\d+)\//.exec(engine.url)![1]), state)
    await eventually(() => other.heard.filter(({ type }) => type === 'resume').length >= 6)
    t.alike([...new Set(other.heard.map(({ type }) => type))], ['resume'])
    await other.close()
    await startEngine(t, engine.storage)
    await eventually(async () => (await filmed(page).catch(() => 0)) > 1)
    t.pass('what was filmed meanwhile is with its own engine')
  }
)

async function filmed(page: Page): Promise<number> {
  const films = Object.values((await told(page)).filming)
  return Math.max(0, ...films.map(({ ownSeconds }) => ownSeconds))
}

/** Greets everybody as an engine would, and shows a proof that is none. */
async function listen(t: Assert, port: number, state: State) {
  const heard: { type: string }[] = []
  const server = new (ws as any).WebSocketServer({ host: '127.0.0.1', port })
  await new Promise((resolve) => server.once('listening', resolve))
  server.on('connection', (socket: any, { url }: { url: string }) => {
    const say = (message: object): void => socket.send(JSON.stringify(message))
    socket.on('message', (bytes: unknown, isBinary: boolean) => {
      const message = isBinary ? { type: 'frame' } : JSON.parse(String(bytes))
      heard.push(message)
      if (message.type === 'resume') return say({ type: 'challenge', nonce: NONCE, proof: NONCE })
      if (String(url).startsWith('/film/'))
        return say({ kind: 'ready', windowBytes: 1e7, nextSeq: 1 })
      say({ type: 'session', secret: NONCE })
      say({ type: 'state', state })
    })
  })
  const close = async (): Promise<void> => {
    for (const socket of server.clients) socket.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
  t.teardown(close)
  return { heard, close }
}
