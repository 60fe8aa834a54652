// Devices of one machine, each a directory and the processes of the command that run on it: for the
// demo. On a network of their own: loopback, no DHT.

import fs from 'node:fs'
import path from 'node:path'
import { CliProcess } from '../../dist/test/helpers/cli/cli.js'

export class Cast {
  #dir
  #running = new Set()

  /** @param {string} dir made new; one directory inside for each device */
  constructor(dir) {
    fs.mkdirSync(dir, { recursive: true })
    this.#dir = dir
  }

  /**
   * Starts the command on that device.
   * @param {string} name
   * @param {...string} words
   */
  start(name, ...words) {
    const child = new CliProcess(words, { storage: path.join(this.#dir, name) })
    this.#running.add(child)
    void child.ended.then(() => this.#running.delete(child))
    return child
  }

  /**
   * Runs the command to its end.
   * @returns {Promise<any>} its last event
   * @throws where it fails, with what it said
   */
  async run(name, ...words) {
    const child = this.start(name, ...words)
    const { code } = await child.ended
    if (code !== 0) throw new Error(`temoin ${words[0]} ended with ${code}: ${child.err.trim()}`)
    return child.events.at(-1)
  }

  /** Closes whatever still runs. */
  async end() {
    await Promise.all([...this.#running].map((child) => child.kill('SIGINT')))
  }
}
