// `npm start`: the app, from a fresh clone or the hundredth time. Makes the clone ready, then is
// `temoin app` itself, with every option of it: npm start -- --storage ana --no-open
// One process from then on, so that Ctrl-C closes the engine and nothing is left behind.

import { orSay, run, say } from './lib/say.mjs'
import { isFree, USUAL_PORT } from './lib/usual-port.mjs'

const words = process.argv.slice(2)

await orSay(async () => {
  // In a process of its own: what builds the app is not wanted in the memory of what films.
  const code = await run(process.execPath, ['scripts/setup.mjs'])
  if (code !== 0) return void (process.exitCode = code)
  say('temoin: starting the app; Ctrl-C ends it')
  const { main } = await import(new URL('../dist/cli/main.js', import.meta.url).href)
  await main(['app', ...(await port()), ...words])
})

/**
 * The same each time, where it is free: a browser remembers by it that the camera may be used, the
 * language, and where an installed icon leads.
 */
async function port() {
  if (words.some((word) => /^--port(=|$)/.test(word))) return []
  if (await isFree(USUAL_PORT)) return ['--port', String(USUAL_PORT)]
  say(`temoin: port ${USUAL_PORT} is taken, another one serves the app this time`)
  return []
}
