// One device of the demo: the `temoin` command on a directory of its own, its JSON lines as events.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../lib/say.mjs'

const NETWORK = ['--no-dht', '--bind', '127.0.0.1']
/** Longer than any step takes, even on a slow machine with an unlucky start. */
const PATIENCE_MS = 60_000

export class Device {
  /** @param {string} name @param {string} dir @param {Set<import('node:child_process').ChildProcess>} running */
  constructor(name, dir, running) {
    this.title = name[0].toUpperCase() + name.slice(1)
    this.storage = path.join(dir, name)
    this.running = running
    this.key = ''
    this.current = null
  }

  /** Runs a command to its end. @returns {Promise<{ code: number, events: object[] }>} */
  async run(args, { mayFail = false } = {}) {
    const command = this.start(args)
    const code = await command.ended
    if (code !== 0 && !mayFail) throw new Error(`temoin ${args[0]} failed: ${command.error()}`)
    if (args[0] === 'init') this.key = command.events.at(-1).device
    return { code, events: command.events }
  }

  start(args) {
    const argv = [path.join(root, 'cli', 'bin.mjs'), ...args, '--storage', this.storage, '--json']
    const offline = args[0] === 'verify' ? [] : NETWORK
    const child = spawn(process.execPath, [...argv, ...offline], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    this.running.add(child)
    child.once('exit', () => this.running.delete(child))
    this.current = new Command(child)
    return this.current
  }
}

class Command {
  constructor(child) {
    this.events = []
    this.words = ''
    this.child = child
    this.waiting = new Set()
    child.stderr.on('data', (data) => (this.words += data))
    const lines = createInterface({ input: child.stdout })
    lines.on('line', (line) => this.take(line))
    this.ended = once(child, 'close').then(([code]) => {
      this.wake()
      return code ?? 1
    })
    this.over = false
    void this.ended.then(() => (this.over = true)).then(() => this.wake())
  }

  kill(signal) {
    this.child.kill(signal)
  }

  /** The sentence the command ended with. */
  error() {
    return this.events.find(({ event }) => event === 'error')?.message ?? this.words.trim()
  }

  /** The first event of this kind. */
  async next(kind) {
    for await (const event of this.all(kind)) return event
    throw new Error(`The command ended early: ${this.error()}`)
  }

  /** Every event of this kind, as it comes. */
  async *all(kind) {
    for (let i = 0; ; i++) {
      while (i >= this.events.length && !this.over) await this.more()
      if (i >= this.events.length) return
      if (this.events[i].event === kind) yield this.events[i]
    }
  }

  more() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('Nothing happened for a minute')),
        PATIENCE_MS
      )
      this.waiting.add(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  take(line) {
    if (line.startsWith('{')) this.events.push(JSON.parse(line))
    this.wake()
  }

  wake() {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
  }
}
