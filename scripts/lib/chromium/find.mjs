// Which Chromium the browser tests and the screenshots use. Installs nothing (install.mjs does).
// A browser counts as found where it starts: what stands on the path may be a stub that only tells
// people to install something, or lack its libraries.

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { places } from './places.mjs'

/** Long for a program that prints one line; a browser on a cold disk of a busy machine needs some. */
const START_MS = 30_000

/** @typedef {{ path: string, from: string, version: string }} Chromium */

/**
 * @returns {Promise<Chromium | null>} null where there is none
 * @throws where CHROME_PATH names one that does not start: who names one wants no other
 */
export async function findChromium() {
  for (const place of places({ ...process, playwright: await playwrightPath() })) {
    const version = versionOf(place.path)
    if (version !== null) return { ...place, version }
    if (place.path === process.env.CHROME_PATH) {
      throw new Error(`CHROME_PATH names ${place.path}, which does not start: change or unset it`)
    }
  }
  return null
}

/** @param {Chromium} chromium */
export function describe({ path, from, version }) {
  return `${version}, ${from} (${path})`
}

/** `Chromium 156.0.8078.79`, or null where that is no browser that starts here. */
function versionOf(file) {
  if (!fs.existsSync(file)) return null
  // On Windows `--version` would open a window.
  if (process.platform === 'win32') return 'Chromium'
  const { status, stdout } = spawnSync(file, ['--version'], {
    encoding: 'utf8',
    timeout: START_MS,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  return status === 0 ? (/[A-Z][\w ]+ \d+(\.\d+)+/.exec(stdout)?.[0] ?? null) : null
}

/** Where Playwright's own download stands or would stand; null on a platform it has none for. */
export async function playwrightPath() {
  const { chromium } = await import('playwright-core')
  return chromium.executablePath() || null
}
