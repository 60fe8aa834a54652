import test from 'brittle'
import { importScript } from '../helpers/script.ts'

interface Machine {
  platform: string
  env: Record<string, string>
  playwright: string | null
}
const { places } = await importScript<{
  places(machine: Machine): { path: string; from: string }[]
}>('lib/chromium/places.mjs')

const none = { platform: 'linux', env: {}, playwright: null }

test('The browser that is named comes first, the downloaded one last', (t) => {
  const env = { CHROME_PATH: '/opt/mine', PATH: '/usr/bin' }
  const found = places({ ...none, env, playwright: '/cache/chrome' }).map(({ path }) => path)
  t.is(found[0], '/opt/mine')
  t.is(found[1], '/usr/bin/chromium')
  t.is(found.at(-1), '/cache/chrome')
})

test('On Linux every folder of the path is looked into, one kind of browser after the other', (t) => {
  const found = places({ ...none, env: { PATH: '/a::/b' } }).map(({ path }) => path)
  t.alike(found.slice(0, 2), ['/a/chromium', '/b/chromium'])
  t.ok(found.includes('/b/google-chrome'))
})

test('On macOS the applications of the machine and of its user are looked into', (t) => {
  const env = { HOME: '/Users/ana', PATH: '/usr/bin' }
  const found = places({ ...none, platform: 'darwin', env }).map(({ path }) => path)
  t.is(found[0], '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
  t.ok(found[1]!.startsWith('/Users/ana/Applications/'))
})

test('On Windows the programs of the machine and of its user are looked into', (t) => {
  const env = { ProgramFiles: 'C:\\Programs', LOCALAPPDATA: 'C:\\Local' }
  const found = places({ ...none, platform: 'win32', env }).map(({ path }) => path)
  t.is(found[0], 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe')
  t.ok(found.includes('C:\\Local\\Microsoft\\Edge\\Application\\msedge.exe'))
})

test('A machine of which nothing is known has no browser', (t) => {
  t.alike(places(none), [])
  t.alike(places({ ...none, platform: 'win32' }), [])
})
