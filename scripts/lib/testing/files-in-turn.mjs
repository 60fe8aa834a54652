// Runs test files one after another in this process, under Node or Bare: `files-in-turn.mjs <timeoutMs>
// <file...>`, a file named by its full path. To brittle each is a run of its own, with its own plan,
// settings and check for deadlocks, and the next begins only once the event loop is empty: a file that
// leaves a timer or a socket open hangs under its own name. Starting a process and loading the engine,
// which is most of what a short file takes, is paid once.
// Must never: go on after an error that nobody caught.

/* global Bare */
import { configure, load, pause, resume } from 'brittle'
import process from '#process'
import { pathToFileURL } from '#url'
import { endLine } from './turn.mjs'

/** Where brittle keeps its run; it makes a new one where there is none. */
const RUNNER = Symbol.for('brittle-runner')
/** Under Bare `process` is a wrapper, and the exit code is kept elsewhere. */
const program = typeof Bare === 'undefined' ? process : Bare

const [timeoutMs, ...files] = process.argv.slice(2)
next()

function next() {
  const file = files.shift()
  if (file === undefined) return
  program.exitCode = 0
  globalThis[RUNNER] = undefined
  configure({ timeout: Number(timeoutMs) })
  // after brittle's own listener, which writes the plan; the timer has the event loop turn once more
  program.once('beforeExit', () => {
    console.log(endLine(program.exitCode ?? 0))
    setTimeout(next, 0)
  })
  pause()
  load(pathToFileURL(file).href).then(resume, onError)
}

function onError(err) {
  console.error(err.stack)
  process.exit(1)
}
