// Brings node_modules to what package-lock.json says, and nothing when it is there already.
// What is there is read from npm's own record, node_modules/.package-lock.json: npm writes it last and
// `npm ci` removes it first, so an install that was cut off is never taken for a whole one.

import fs from 'node:fs'
import path from 'node:path'
import { root, run, say } from './say.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Package */

/** @throws where npm failed; what npm said has been shown by then */
export async function install() {
  const why = missing()
  if (why === null) return
  say(`temoin: installing packages, ${why} (one to two minutes the first time)`)
  const { command, args, options } = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  const code = await run(command, args, options)
  if (code !== 0) {
    throw new Error(
      'npm could not install the packages: check the network connection and run again'
    )
  }
}

/** Why packages must be installed, or null where they need not. */
function missing() {
  const wanted = packages('package-lock.json')
  const present = packages('node_modules/.package-lock.json')
  if (wanted === null) throw new Error('package-lock.json is missing or damaged: clone again')
  if (present === null) return 'none are here yet'
  return isInstalled(wanted, present) ? null : 'package-lock.json has changed'
}

/**
 * True where every package that the lockfile wants on this platform is present as it wants it.
 * @param {Record<string, Package>} wanted
 * @param {Record<string, Package>} present
 */
export function isInstalled(wanted, present, machine = thisMachine()) {
  return Object.entries(wanted).every(([folder, entry]) => {
    const found = present[folder]
    if (found === undefined) return folder === '' || !runsOn(entry, machine)
    return found.version === entry.version && agree(found.integrity, entry.integrity)
  })
}

/** An entry for another platform has no hash where the lockfile was made; npm fills it in here. */
function agree(found, wanted) {
  return wanted === undefined || found === wanted
}

function runsOn({ os, cpu, libc }, machine) {
  return (
    (os?.includes(machine.platform) ?? true) &&
    (cpu?.includes(machine.arch) ?? true) &&
    (libc?.includes(machine.libc) ?? true)
  )
}

/** What npm chooses packages by. Only Linux has a choice of C libraries. */
function thisMachine() {
  const { platform, arch } = process
  if (platform !== 'linux') return { platform, arch, libc: null }
  process.report.excludeNetwork = true // else it asks the DNS about every open connection
  const { glibcVersionRuntime } = process.report.getReport().header
  return { platform, arch, libc: glibcVersionRuntime === undefined ? 'musl' : 'glibc' }
}

function packages(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** npm as a child: the very npm that runs this script where one does, else the one on the path. */
function npm(args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('npm-cli.js')) return { command: process.execPath, args: [cli, ...args] }
  // On Windows npm is a .cmd file, which Node starts only through a shell. No argument needs quoting.
  return { command: 'npm', args, options: { shell: process.platform === 'win32' } }
}
