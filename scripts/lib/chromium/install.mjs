// Gets a Chromium where the machine has none: Playwright's download, into its cache in the user's home;
// where that cannot be had or lacks libraries, and this is root on a Debian or Ubuntu, the
// distribution's package. Every step says what it does, and its own progress is shown.

import fs from 'node:fs'
import path from 'node:path'
import { root, run, say } from '../say.mjs'
import { findChromium, playwrightPath } from './find.mjs'

const PLAYWRIGHT = path.join(root, 'node_modules/playwright-core/cli.js')
/** A download that stands still must not keep the other tests waiting for ever. */
const STEP_MS = 600_000

/**
 * @returns {Promise<import('./find.mjs').Chromium | null>} null where none can be had; that has been
 *   said by then
 */
export async function ensureChromium() {
  const present = await findChromium()
  if (present !== null) return present
  for (const way of [download, addLibraries, installPackage]) {
    const installed = (await way()) && (await findChromium())
    if (installed) return installed
  }
  say('temoin: no Chromium can be had here: install one, or name it in CHROME_PATH')
  return null
}

/** Each way resolves to whether it did anything: what it could not do, its own output has said. */
async function download() {
  say("temoin: no Chromium here yet: downloading Playwright's (about 180 MB, once)")
  await attempt(process.execPath, [PLAYWRIGHT, 'install', '--no-shell', 'chromium'])
  return true
}

/** For a download that is there and does not start, as in a container. */
async function addLibraries() {
  const file = await playwrightPath()
  if (!mayInstall() || file === null || !fs.existsSync(file)) return false
  say('temoin: the downloaded Chromium does not start: adding its libraries with apt-get')
  await attempt(process.execPath, [PLAYWRIGHT, 'install-deps', 'chromium'])
  return true
}

async function installPackage() {
  if (!mayInstall()) return false
  say("temoin: installing the distribution's Chromium with apt-get")
  await attempt('apt-get', ['update'])
  await attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
  return true
}

function mayInstall() {
  return process.platform === 'linux' && process.getuid() === 0
}

async function attempt(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Progress belongs to stderr: stdout is for results.
  const options = { stdio: ['ignore', 2, 2], env, timeout: STEP_MS }
  await run(command, args, options).catch((err) => say(`temoin: ${err.message}`))
}
