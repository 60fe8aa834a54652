// Has V8 remember what it compiled of a joined file, in a file beside it that load.mjs gives back to it. By
// itself V8 compiles a function only when it is called, and remembers those alone: so the command is run as
// people run it, in a directory that is gone again, on this machine alone.

import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { COLLECT_OFTEN, COMPILE_LATE } from '../say.mjs'
import { load, memoryOf } from './load.mjs'

/** Each goes on from what is remembered of those before. */
const RUNS = [['init'], ['circle', 'create', 'rehearsal'], ['status']]
/** A second each, on a machine with nothing else to do. */
const LONGEST_MS = 120_000
const ALONE = ['--no-dht', '--no-lan', '--bind', '127.0.0.1', '--json']

/** @param {string} file joined. Where a run fails, less is remembered, or nothing. */
export async function remember(file) {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'temoin-build-'))
  for (const words of RUNS) await rehearse(file, [...words, '--storage', storage, ...ALONE])
  fs.rmSync(storage, { recursive: true, force: true })
}

function rehearse(file, words) {
  const args = [fileURLToPath(import.meta.url), file, ...words]
  return new Promise((resolve) => {
    const limits = { timeout: LONGEST_MS, killSignal: 'SIGKILL' }
    const child = spawn(process.execPath, args, {
      stdio: 'ignore',
      env: ownEnvironment(),
      ...limits
    })
    child.once('error', resolve)
    child.once('exit', resolve)
  })
}

/** Without what is set there for the command: the passphrase of a device, say. */
function ownEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TEMOIN_'))
  )
}

/** In a process of its own, which the command ends. */
async function runAndRemember(file, words) {
  // As cli/bin.mjs does: V8 takes back only what was compiled with the settings it has.
  setFlagsFromString(COMPILE_LATE)
  setFlagsFromString(COLLECT_OFTEN)
  let script
  const { main } = load(pathToFileURL(file), (compiled) => (script = compiled))
  process.once('exit', () => fs.writeFileSync(memoryOf(file), script.createCachedData()))
  await main(words)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...words] = process.argv.slice(2)
  await runAndRemember(file, words)
}
