// Where Chromium may stand on a machine, best first: what the user named, the browsers of the system,
// then Playwright's own download. Pure: looks at nothing, so that every platform is tested on each.

import path from 'node:path'

const COMMANDS = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  ...['microsoft-edge', 'microsoft-edge-stable']
]
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe'
]

/** @typedef {{ path: string, from: string }} Place `from` says in words whose browser it is */

/**
 * @param {{ platform: string, env: Record<string, string | undefined>, playwright: string | null }} machine
 *   `playwright`: where Playwright's own download would stand
 * @returns {Place[]}
 */
export function places({ platform, env, playwright }) {
  return [
    ...found(env.CHROME_PATH ? [env.CHROME_PATH] : [], 'named by CHROME_PATH'),
    ...found(systemPlaces(platform, env), 'of this system'),
    ...found(playwright === null ? [] : [playwright], "downloaded by Playwright's installer")
  ]
}

function systemPlaces(platform, env) {
  if (platform === 'win32') return windowsPlaces(env)
  if (platform === 'darwin') return macPlaces(env)
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '')
  return COMMANDS.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)))
}

function macPlaces({ HOME }) {
  const folders = ['/Applications', ...(HOME ? [path.posix.join(HOME, 'Applications')] : [])]
  return MAC_APPS.flatMap((name) =>
    folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`)
  )
}

function windowsPlaces(env) {
  const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean)
  return WINDOWS_PROGRAMS.flatMap((name) => folders.map((folder) => path.win32.join(folder, name)))
}

function found(paths, from) {
  return paths.map((place) => ({ path: place, from }))
}
